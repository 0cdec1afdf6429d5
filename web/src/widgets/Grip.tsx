import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

import type { Point } from "../document/workflow";
import { classes } from "../ui/classes";
import { toPicture, toStage, type View } from "../viewer/view";
import { useGesture } from "./gesture";
import styles from "./Grip.module.css";

interface GripProps {
  readonly label: string;
  /** In pixels of the photo. */
  readonly at: Point;
  readonly view: View;
  readonly onMove: (to: Point, merge: string) => void;
  readonly onRemove?: () => void;
  readonly shape?: "round" | "square";
  readonly children?: ReactNode;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Something on the photo to take hold of. The arrow keys move it by a pixel of the screen, with Shift by ten. */
export function Grip({ label, at, view, onMove, onRemove, shape = "round", children }: GripProps) {
  const gesture = useGesture(label);
  /** From where the pointer is to the grip's middle, on the screen: it does not jump under the finger. */
  const hold = useRef<Point | null>(null);
  const place = toStage(view, { x: at[0], y: at[1] });
  const press = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    gesture.begin();
    hold.current = [place.x - event.clientX, place.y - event.clientY];
  };
  const move = (event: PointerEvent) => {
    if (!hold.current) return;
    const { x, y } = toPicture(view, { x: event.clientX + hold.current[0], y: event.clientY + hold.current[1] });
    onMove([x, y], gesture.word());
  };
  const release = () => {
    hold.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow) {
      if (!event.repeat) gesture.begin();
      const far = (event.shiftKey ? 10 : 1) / view.scale;
      onMove([at[0] + arrow[0] * far, at[1] + arrow[1] * far], gesture.word());
    } else if (onRemove && (event.key === "Delete" || event.key === "Backspace")) {
      onRemove();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      data-hold
      className={classes(styles.grip, styles[shape])}
      style={{ left: place.x, top: place.y }}
      aria-label={label}
      title={label}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
    >
      {children}
    </button>
  );
}
