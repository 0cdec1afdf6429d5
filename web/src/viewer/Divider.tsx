import { ChevronsLeftRight } from "lucide-react";
import { useRef, type PointerEvent } from "react";

import { useText } from "../text/language";
import styles from "./Divider.module.css";

interface DividerProps {
  /** Its place, 0..1 from the stage's left. */
  readonly at: number;
  readonly onMove: (at: number) => void;
}

/** The line between before and after: dragged, or moved by keys. */
export function Divider({ at, onMove }: DividerProps) {
  const { viewer, ui } = useText();
  const range = useRef<HTMLInputElement>(null);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    if (stage?.width) onMove(Math.min(1, Math.max(0, (event.clientX - stage.left) / stage.width)));
  };
  return (
    <div
      data-hold
      className={styles.divider}
      style={{ left: `${at * 100}%` }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        range.current?.focus({ preventScroll: true });
      }}
      onPointerMove={drag}
    >
      <input
        ref={range}
        type="range"
        className="visually-hidden"
        aria-label={viewer.divider}
        aria-valuetext={ui.percent(at)}
        min={0}
        max={100}
        value={Math.round(at * 100)}
        onChange={(event) => onMove(Number(event.target.value) / 100)}
      />
      <span className={styles.handle}>
        <ChevronsLeftRight size={20} aria-hidden />
      </span>
    </div>
  );
}
