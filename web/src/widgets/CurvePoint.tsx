import type { KeyboardEvent } from "react";

import type { Point } from "../document/workflow";
import { useText } from "../text/language";
import styles from "./CurveWidget.module.css";

interface CurvePointProps {
  readonly point: Point;
  readonly index: number;
  readonly disabled?: boolean | undefined;
  readonly onChoose: () => void;
  readonly onMove: (by: Point, isRepeated: boolean) => void;
  readonly onRemove: () => void;
}

const STEP = 0.01;
const FAR = 0.1;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A point of a curve: the arrow keys move it by a hundredth, with Shift by a tenth. */
export function CurvePoint({ point: [x, y], index, disabled, onChoose, onMove, onRemove }: CurvePointProps) {
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
