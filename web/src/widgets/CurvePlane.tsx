import { useRef, useState, type PointerEvent } from "react";

import type { Point } from "../document/workflow";
import { useText } from "../text/language";
import { addPoint, movePoint, pathOf, type Points } from "./curve";
import { CurvePoint } from "./CurvePoint";
import styles from "./CurveWidget.module.css";
import type { Gesture } from "./gesture";

interface CurvePlaneProps {
  readonly id: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly points: Points;
  readonly gesture: Gesture;
  readonly onChange: (points: Points) => void;
  /** A point has the focus, or has just been added; null where none could be. */
  readonly onChoose: (index: number | null) => void;
  readonly onRemove: (index: number) => void;
  readonly disabled?: boolean | undefined;
}

const SIDE = 100;

/** The curve and its points. A press between them adds one and holds it. */
export function CurvePlane({ id, label, help, points, gesture, onChange, onChoose, onRemove, disabled }: CurvePlaneProps) {
  const text = useText().widgets.curve;
  const plane = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<number | null>(null);
  const at = (event: PointerEvent): Point => {
    const box = plane.current?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height] : [0, 0];
  };
  const press = (event: PointerEvent) => {
    if (disabled || event.button !== 0) return;
    event.stopPropagation();
    plane.current?.setPointerCapture(event.pointerId);
    gesture.begin();
    setHeld(pointUnder(event) ?? add(event));
  };
  const add = (event: PointerEvent): number | null => {
    const next = addPoint(points, at(event));
    const index = next === points ? null : next.findIndex((point) => !points.includes(point));
    onChange(next);
    onChoose(index);
    return index;
  };
  const move = (index: number, [x, y]: Point, isRepeated: boolean) => {
    const [left, bottom] = points[index] ?? [0, 0];
    if (!isRepeated) gesture.begin();
    onChange(movePoint(points, index, [left + x, bottom + y]));
  };
  return (
    <div
      ref={plane}
      id={id}
      role="group"
      aria-label={label}
      aria-description={help}
      title={text.how}
      className={styles.plane}
      onPointerDown={press}
      onPointerMove={(event) => held !== null && onChange(movePoint(points, held, at(event)))}
      onPointerUp={() => setHeld(null)}
      onPointerCancel={() => setHeld(null)}
    >
      <Drawing points={points} />
      {points.map((point, index) => (
        <CurvePoint
          key={index}
          point={point}
          index={index}
          disabled={disabled}
          onChoose={() => onChoose(index)}
          onMove={(by, isRepeated) => move(index, by, isRepeated)}
          onRemove={() => onRemove(index)}
        />
      ))}
    </div>
  );
}

const Drawing = ({ points }: { readonly points: Points }) => (
  <svg viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" className={styles.drawing} aria-hidden>
    <path d="M25 0V100M50 0V100M75 0V100M0 25H100M0 50H100M0 75H100M0 100L100 0" className={styles.grid} />
    <path d={pathOf(points, SIDE)} className={styles.line} />
  </svg>
);

/** Which point was pressed. */
function pointUnder({ target }: PointerEvent): number | null {
  const index = (target as HTMLElement).dataset["point"];
  return index === undefined ? null : Number(index);
}
