import { useMemo, useState } from "react";

import type { Picture } from "./picture";
import type { Layer } from "./Slot";

export interface MaskShown {
  readonly on: boolean;
  readonly opacity: number;
  readonly change: (change: { readonly on?: boolean; readonly opacity?: number }) => void;
  /** What lies over the pictures: nothing while it is off. */
  readonly layers: readonly Layer[];
}

/** A mask as a coloured overlay, switched on and off. */
export function useMask(mask: Picture | null): MaskShown {
  const [shown, setShown] = useState({ on: false, opacity: 0.6 });
  const { on, opacity } = shown;
  const layers = useMemo(
    () => (mask && on ? [{ id: "mask", picture: mask, opacity, tint: maskColour() }] : []),
    [mask, on, opacity],
  );
  return { on, opacity, layers, change: (change) => setShown((now) => ({ ...now, ...change })) };
}

/** The theme's; canvases know no custom properties. */
export const maskColour = (): string =>
  getComputedStyle(document.documentElement).getPropertyValue("--mask").trim() || "red";
