import { useRef, type KeyboardEvent } from "react";

import type { View } from "../viewer/view";
import type { Touch } from "./Hand";

/** What a key does with the pen: put it down or lift it where it is, or lead it to a place. */
export interface KeyAct {
  readonly at: Touch;
  readonly to: Touch | null;
  /** Whether it has been led anywhere since it was put down last. */
  readonly moved: boolean;
}

const WAYS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Pixels of the stage for a press of an arrow key. */
const STEPS = { usual: 8, far: 48, near: 1 };

/** A pen that is led by the keyboard; it begins in the middle of the stage. */
export function useKeyPen(view: View, onMove: (at: Touch) => void): (event: KeyboardEvent) => KeyAct | null {
  const place = useRef<Touch | null>(null);
  const moved = useRef(false);
  return (event) => {
    const { stage } = view;
    const at = place.current ?? { x: stage.width / 2, y: stage.height / 2, pressure: null };
    const way = WAYS[event.key];
    if (!way && event.key !== "Enter") return null;
    const step = event.shiftKey ? STEPS.far : event.altKey ? STEPS.near : STEPS.usual;
    const to = way && {
      x: Math.min(stage.width, Math.max(0, at.x + way[0] * step)),
      y: Math.min(stage.height, Math.max(0, at.y + way[1] * step)),
      pressure: null,
    };
    place.current = to ?? at;
    onMove(place.current);
    const act = { at, to: to ?? null, moved: moved.current };
    moved.current = to !== undefined;
    return act;
  };
}
