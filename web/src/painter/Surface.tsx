import { useEffect, useImperativeHandle, useRef, type KeyboardEvent, type Ref } from "react";

import { useText } from "../text/language";
import { classes } from "../ui/classes";
import type { Touch } from "./Hand";
import { suiting, usePen } from "./pen";
import { Ring, type RingHandle } from "./Ring";
import styles from "./Surface.module.css";
import { useBoard, type Painted } from "./useBoard";
import { useHand, type HandListener } from "./useHand";
import { useKeyPen } from "./useKeyPen";
import { usePointer } from "./usePointer";

export interface SurfaceHandle {
  /** End the line that is being clicked. */
  readonly end: () => void;
  /** Take back what is begun. Returns whether there was anything. */
  readonly drop: () => boolean;
  readonly focus: () => void;
}

interface SurfaceProps extends Painted, HandListener {
  /** Of the mask; 0 hides it. */
  readonly opacity: number;
  /** Whether the pointer moves the photo instead. */
  readonly moves: boolean;
  /** Move the photo by pixels of the stage. */
  readonly onMove: (across: number, down: number) => void;
  readonly ref?: Ref<SurfaceHandle>;
}

/** What is painted on: the mask, what is being drawn, and the pen. */
export function Surface({ opacity, moves, onMove, onStroke, onLine, ref, ...painted }: SurfaceProps) {
  const { view, coloured } = painted;
  const { painter } = useText();
  const pen = usePen();
  const size = pen.size ?? suiting(view);
  const canvas = useRef<HTMLCanvasElement>(null);
  const outline = useRef<SVGPathElement>(null);
  const ring = useRef<RingHandle>(null);
  const area = useRef<HTMLDivElement>(null);
  const board = useBoard(canvas, painted);
  const hand = useHand(board, outline, view, { onStroke, onLine });
  const key = useKeyPen(view, (at) => ring.current?.move(at));
  const focus = (): void => area.current?.focus({ preventScroll: true });
  const put = (touch: Touch): void => hand.current?.down(touch, { ...pen, size }, coloured, view);
  const pointer = usePointer({ hand, ring, view, moves, onMove, onPut: put });
  useEffect(focus, []);
  useImperativeHandle(ref, () => ({
    end: () => hand.current?.finish(view),
    drop: () => hand.current?.drop() ?? false,
    focus,
  }));
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = key(event);
    if (!act) return;
    event.preventDefault();
    if (act.to) hand.current?.lead([act.to], view);
    else if (hand.current?.isBusy && (pen.tool !== "line" || !act.moved)) hand.current.finish(view);
    else put(act.at);
  };
  return (
    <div className={styles.surface}>
      <canvas ref={canvas} className={styles.mask} style={{ opacity }} width={1} height={1} />
      <svg className={styles.lines} aria-hidden>
        <path ref={outline} className={styles.outline} />
        <Ring ref={ring} pen={pen} size={size * view.scale} />
      </svg>
      <div
        ref={area}
        className={classes(styles.touch, moves && styles.moves)}
        data-hold
        tabIndex={0}
        role="application"
        aria-label={painter.surface}
        aria-description={painter.surfaceKeys}
        {...pointer}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
