import type { Picture } from "./picture";
import type { Layer } from "./Slot";

export const MODES = ["slider", "side", "difference", "blink", "one"] as const;
export type Mode = (typeof MODES)[number];

export const ENDS = ["before", "after"] as const;
export type End = (typeof ENDS)[number];

export interface Pair {
  readonly before: Picture | null;
  readonly after: Picture | null;
}

export interface Way {
  readonly mode: Mode;
  /** Where the slider divides the stage: before is left of it. */
  readonly divider: number;
  /** Which is seen where only one is. */
  readonly end: End;
}

/** The layers of the stage that shows two pictures in a way. Side by side, `before` has a stage of its own. */
export function layersOf({ before, after }: Pair, { mode, divider, end }: Way): readonly Layer[] {
  const below: Layer | null = before && { id: "before", picture: before };
  const above: Layer | null = after && { id: "after", picture: after };
  if (!below || !above) return [below, above].filter((layer) => layer !== null);
  switch (mode) {
    case "slider":
      return [below, { ...above, cut: [divider, 1] }];
    case "side":
      return [above];
    case "difference":
      // Both are blended, so that both lie on the same fraction of the screen's pixels.
      return [{ ...below, blend: "lighter" }, { ...above, blend: "difference" }];
    case "blink":
    case "one":
      // The one that is not seen is loaded all the same, so that it is there at once.
      return [below, { ...above, opacity: end === "after" ? 1 : 0 }];
  }
}

/** Which of the two are seen. */
export function seen({ before, after }: Pair, { mode, end }: Way): readonly End[] {
  const there = ENDS.filter((each) => (each === "before" ? before : after));
  return (mode === "blink" || mode === "one") && there.length === 2 ? [end] : there;
}

/** Which of the two is at a share of the stage's width; null where they are mixed. */
export function endAt({ before, after }: Pair, { mode, divider, end }: Way, share: number): End | null {
  if (!before) return after && "after";
  if (!after) return "before";
  switch (mode) {
    case "slider":
      return share < divider ? "before" : "after";
    case "side":
      return "after";
    case "difference":
      return null;
    case "blink":
    case "one":
      return end;
  }
}

export const otherOf = (end: End): End => (end === "before" ? "after" : "before");
