import { useRef, type PointerEvent, type RefObject } from "react";

import type { View } from "../viewer/view";
import type { Hand, Touch } from "./Hand";
import type { RingHandle } from "./Ring";
import { touchesOf, touchOf } from "./touches";

interface Pointed {
  readonly hand: RefObject<Hand | null>;
  readonly ring: RefObject<RingHandle | null>;
  readonly view: View;
  /** Whether the pointer moves the photo instead. */
  readonly moves: boolean;
  /** Move the photo by pixels of the stage. */
  readonly onMove: (across: number, down: number) => void;
  /** Put the pen down. */
  readonly onPut: (touch: Touch) => void;
}

const [MAIN, MIDDLE] = [1, 4];

/** What the mouse, a pen and fingers do on the surface. */
export function usePointer({ hand, ring, view, moves, onMove, onPut }: Pointed) {
  const fingers = useRef(new Set<number>());
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.pointerType === "touch") fingers.current.add(event.pointerId);
      // A second finger zooms: what the first has begun was not meant.
      if (fingers.current.size > 1) hand.current?.drop();
      else if (event.button === 0 && !moves) onPut(touchOf(event.nativeEvent, event.currentTarget));
    },
    onPointerMove: (event: PointerEvent): void => {
      const hides = event.pointerType === "touch" || moves;
      ring.current?.move(hides ? null : touchOf(event.nativeEvent, event.currentTarget));
      const isDown = (event.buttons & MAIN) > 0 && fingers.current.size < 2;
      if (event.buttons & MIDDLE || (moves && isDown)) onMove(event.movementX, event.movementY);
      else if (isDown) hand.current?.lead(touchesOf(event.nativeEvent, event.currentTarget), view);
    },
    onPointerUp: (event: PointerEvent): void => {
      fingers.current.delete(event.pointerId);
      if (event.button === 0) hand.current?.up(view);
    },
    onPointerCancel: (event: PointerEvent): void => {
      fingers.current.delete(event.pointerId);
      hand.current?.drop();
    },
    onPointerLeave: (): void => ring.current?.move(null),
    onDoubleClick: (): void => hand.current?.finish(view),
  };
}
