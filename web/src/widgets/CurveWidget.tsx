import { Plus, Trash2 } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

import type { Point } from "../document/workflow";
import { useText } from "../text/language";
import controls from "./controls.module.css";
import { addPoint, movePoint, pathOf, pointsOf, removePoint, roomiest, type Points } from "./curve";
import styles from "./CurveWidget.module.css";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import { JsonWidget } from "./JsonWidget";
import type { WidgetProps } from "./props";

const SIDE = 100;
const STEP = 0.01;
const FAR = 0.1;

/** A tone curve: what comes in from left to right, what comes out from bottom to top. */
export function CurveWidget(props: WidgetProps) {
  const points = pointsOf(props.value);
  return points ? <CurveEditor {...props} points={points} /> : <JsonWidget {...props} />;
}

function CurveEditor(props: WidgetProps & { readonly points: Points }) {
  const { id, label, points, setting, onChange, disabled } = props;
  const text = useText().widgets.curve;
  const gesture = useGesture(id);
  const plane = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const change = (next: Points) => {
    if (next !== points) onChange(next, gesture.word());
  };
  const at = (event: PointerEvent): Point => {
    const box = plane.current?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height] : [0, 0];
  };
  const press = (event: PointerEvent) => {
    if (disabled || event.button !== 0) return;
    event.stopPropagation();
    plane.current?.setPointerCapture(event.pointerId);
    gesture.begin();
    const index = Number((event.target as HTMLElement).dataset["point"] ?? NaN);
    if (Number.isInteger(index)) {
      setHeld(index);
    } else {
      const next = addPoint(points, at(event));
      const added = next.findIndex((point) => !points.includes(point));
      change(next);
      setHeld(added < 0 ? null : added);
      setChosen(added < 0 ? null : added);
    }
  };
  const remove = (index: number) => {
    gesture.begin();
    change(removePoint(points, index));
    setChosen(null);
  };
  const add = () => {
    gesture.begin();
    change(addPoint(points, roomiest(points)));
  };
  return (
    <Field
      {...props}
      layout="block"
      aside={
        <span className={styles.tools}>
          <Tool label={text.add} disabled={disabled} onClick={add} icon={<Plus size={14} aria-hidden />} />
          <Tool
            label={text.remove}
            disabled={disabled || chosen === null || points.length <= 2}
            onClick={() => chosen !== null && remove(chosen)}
            icon={<Trash2 size={14} aria-hidden />}
          />
        </span>
      }
    >
      <div
        ref={plane}
        id={id}
        role="group"
        aria-label={text.editor(label)}
        aria-description={setting.help || undefined}
        title={text.how}
        className={styles.plane}
        onPointerDown={press}
        onPointerMove={(event) => held !== null && change(movePoint(points, held, at(event)))}
        onPointerUp={() => setHeld(null)}
        onPointerCancel={() => setHeld(null)}
      >
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" className={styles.drawing} aria-hidden>
          <path d="M25 0V100M50 0V100M75 0V100M0 25H100M0 50H100M0 75H100" className={styles.grid} />
          <path d="M0 100L100 0" className={styles.grid} />
          <path d={pathOf(points, SIDE)} className={styles.line} />
        </svg>
        {points.map((point, index) => (
          <CurvePoint
            key={index}
            point={point}
            index={index}
            disabled={disabled}
            onChoose={() => setChosen(index)}
            onMove={([x, y], isRepeated) => {
              if (!isRepeated) gesture.begin();
              change(movePoint(points, index, [point[0] + x, point[1] + y]));
            }}
            onRemove={() => remove(index)}
          />
        ))}
      </div>
    </Field>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly onClick: () => void;
}

function Tool({ label, icon, disabled, onClick }: ToolProps) {
  return (
    <button type="button" className={controls.tool} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {icon}
    </button>
  );
}

interface CurvePointProps {
  readonly point: Point;
  readonly index: number;
  readonly disabled?: boolean | undefined;
  readonly onChoose: () => void;
  readonly onMove: (by: Point, isRepeated: boolean) => void;
  readonly onRemove: () => void;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function CurvePoint({ point: [x, y], index, disabled, onChoose, onMove, onRemove }: CurvePointProps) {
  const text = useText().widgets.curve;
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    const far = event.shiftKey ? FAR : STEP;
    if (arrow) onMove([arrow[0] * far, arrow[1] * far], event.repeat);
    else if (event.key === "Delete" || event.key === "Backspace") onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      data-point={index}
      className={`${styles.point} nokey`}
      style={{ left: `${x * 100}%`, bottom: `${y * 100}%` }}
      aria-label={text.point(index + 1, x, y)}
      disabled={disabled}
      onFocus={onChoose}
      onKeyDown={onKeyDown}
    />
  );
}
