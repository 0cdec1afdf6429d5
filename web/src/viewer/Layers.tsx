import { useEffect, useId, useImperativeHandle, useRef, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { createPortal } from "react-dom";

import { problemsOf } from "../server/http";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { classes } from "../ui/classes";
import { Problems } from "../ui/Problems";
import type { Easel } from "./Easel";
import type { Layer } from "./Slot";
import styles from "./Stage.module.css";
import { useEasel } from "./useEasel";
import type { View } from "./view";

/** What can be done to a stage from outside. */
export interface StageHandle {
  /** The whole picture. */
  readonly fit: () => void;
  /** So many of the screen's pixels for one of the picture, in hundredths. */
  readonly zoomTo: (percent: number) => void;
  readonly zoomBy: (factor: number) => void;
  /** Move by shares of the stage. */
  readonly panBy: (across: number, down: number) => void;
  /** Show the part that another stage shows. */
  readonly follow: (view: View) => void;
}

export interface LayersProps {
  /** The last on top. */
  readonly layers: readonly Layer[];
  /** The layer whose pixels count. */
  readonly main: string;
  /** The stage's name for screen readers. */
  readonly label?: string;
  readonly onView?: (view: View) => void;
  /** Whether one finger or the mouse moves the picture; two fingers and the wheel always do. */
  readonly drags?: boolean;
  /** How many times as bright as they are. */
  readonly gain?: number;
  /**
   * Drawn over the picture, at places that a View gives. The pointer goes through, but where `pointer-events` says
   * otherwise. An element with `data-hold` keeps the pointer that presses it until it is let go, and the picture stays;
   * the wheel and two fingers zoom there, too.
   */
  readonly children?: ReactNode;
  readonly ref?: Ref<StageHandle>;
}

/** Pictures one on another, to zoom and pan. */
export function Layers({ layers, main, label, onView, drags = true, gain = 1, children, ref }: LayersProps) {
  const { viewer, app } = useText();
  const keys = useId();
  const element = useRef<HTMLDivElement>(null);
  const { easel, state } = useEasel(element, onView);
  useEffect(() => easel?.show(layers, main), [easel, layers, main]);
  useEffect(() => easel?.allowDrag(drags), [easel, drags]);
  useEffect(() => easel?.brighten(gain), [easel, gain]);
  useImperativeHandle(ref, () => handleOf(easel), [easel]);
  return (
    <div
      className={styles.stage}
      role="application"
      aria-label={label ?? viewer.picture}
      aria-roledescription={viewer.stage}
      aria-describedby={keys}
      tabIndex={0}
      onKeyDown={(event) => easel && press(event, easel)}
    >
      <span id={keys} hidden>
        {viewer.keys}
      </span>
      <div ref={element} className={styles.easel} />
      {easel && createPortal(children, easel.over)}
      {layers.length > 0 && state.loading && <p className={classes(styles.message, styles.loading)}>{app.loading}</p>}
      {state.error !== null && (
        <div className={styles.message}>
          <Problems problems={problemsOf(state.error)} />
          {/* Without an easel, it is the page's own code that did not come. */}
          <Button onClick={() => (easel ? easel.retry() : window.location.reload())}>{app.retry}</Button>
        </div>
      )}
    </div>
  );
}

const handleOf = (easel: Easel | null): StageHandle => ({
  fit: () => easel?.fit(),
  zoomTo: (percent) => easel?.zoomTo(percent),
  zoomBy: (factor) => easel?.zoomBy(factor),
  panBy: (across, down) => easel?.panBy(across, down),
  follow: (view) => easel?.follow(view),
});

const STEP = 0.15;

const ARROWS: Readonly<Record<string, (easel: Easel) => void>> = {
  ArrowLeft: (easel) => easel.panBy(-STEP, 0),
  ArrowRight: (easel) => easel.panBy(STEP, 0),
  ArrowUp: (easel) => easel.panBy(0, -STEP),
  ArrowDown: (easel) => easel.panBy(0, STEP),
};

const KEYS: Readonly<Record<string, (easel: Easel) => void>> = {
  "+": (easel) => easel.zoomBy(1.25),
  "=": (easel) => easel.zoomBy(1.25),
  "-": (easel) => easel.zoomBy(1 / 1.25),
  "0": (easel) => easel.fit(),
  "1": (easel) => easel.zoomTo(100),
};

function press(event: KeyboardEvent, easel: Easel): void {
  // Of a picture that is seen as a whole there is nothing to move: arrows are left to whoever leafs through pictures.
  const act = KEYS[event.key] ?? (easel.isFitted ? undefined : ARROWS[event.key]);
  if (!act || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act(easel);
}
