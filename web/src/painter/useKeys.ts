import { useState, type KeyboardEvent, type RefObject } from "react";

import type { StageHandle } from "../viewer/Stage";
import { actOf, isHeld, isTool, type Act, type Held } from "./keys";
import { harder, resized, usePen } from "./pen";
import type { SurfaceHandle } from "./Surface";
import type { Strokes } from "./useStrokes";

interface Hands {
  readonly stage: RefObject<StageHandle | null>;
  readonly surface: RefObject<SurfaceHandle | null>;
  readonly strokes: Strokes;
  readonly size: number;
}

export interface Keys {
  /** What lasts as long as its key, or its button, is held. */
  readonly held: Held | null;
  readonly hold: (held: Held | null) => void;
  readonly undo: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What keys do in the painter. */
export function useKeys({ stage, surface, strokes, size }: Hands): Keys {
  const [held, hold] = useState<Held | null>(null);
  const pen = usePen();
  const undo = (): void => {
    if (!surface.current?.drop()) strokes.undo();
  };
  const acts: Partial<Record<Act, () => void>> = {
    undo,
    redo: strokes.redo,
    erase: () => pen.change({ erase: !pen.erase }),
    thicker: () => pen.change({ size: resized(size, 1) }),
    thinner: () => pen.change({ size: resized(size, -1) }),
    harder: () => pen.change({ hardness: harder(pen.hardness, 1) }),
    softer: () => pen.change({ hardness: harder(pen.hardness, -1) }),
    mask: () => pen.change({ visible: !pen.visible }),
    fit: () => stage.current?.fit(),
    full: () => stage.current?.zoomTo(100),
    nearer: () => stage.current?.zoomBy(1.25),
    farther: () => stage.current?.zoomBy(0.8),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Escape closes the dialog only where there is nothing to take back.
    if (event.key === "Escape" && surface.current?.drop()) event.preventDefault();
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    if (isHeld(act)) hold(act);
    else if (isTool(act)) pen.change({ tool: act });
    else acts[act]?.();
  };
  return { held, hold, undo, onKeyDown };
}
