import { create } from "zustand";

import { USUAL, type Tool } from "./strokes";

/** What is in the hand: kept while the page is open, so that the next mask is painted with the same. */
export interface Pen {
  readonly tool: Tool;
  /** In pixels of the photo; null: as suits the photo. */
  readonly size: number | null;
  readonly hardness: number;
  readonly tolerance: number;
  readonly erase: boolean;
  readonly colour: string;
  /** Whether the pressure of a pen changes the width. */
  readonly presses: boolean;
}

/** How the mask is shown. */
export interface Show {
  readonly visible: boolean;
  readonly opacity: number;
  /** null: as the theme has it. */
  readonly tint: string | null;
}

interface PenState extends Pen, Show {
  readonly change: (change: Partial<Pen & Show>) => void;
}

export const usePen = create<PenState>((set) => ({
  tool: "brush",
  size: null,
  hardness: 0.8,
  tolerance: USUAL.tolerance,
  erase: false,
  colour: "#c83c3c",
  presses: true,
  visible: true,
  opacity: 0.55,
  tint: null,
  change: (change) => set(change),
}));

/** The widths that a brush may have here; the server takes more. */
export const [THINNEST, THICKEST] = [1, 2000];

/** One more or less on the ladder of widths. */
export const STEP = 1.15;

/** As wide as suits a photo. */
export const suiting = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.max(4, Math.round(Math.max(width, height) / 100));

/** Within bounds; whole pixels from 10 on, tenths below. */
export function sized(size: number): number {
  const bounded = Math.min(THICKEST, Math.max(THINNEST, size));
  return bounded >= 10 ? Math.round(bounded) : Math.round(bounded * 10) / 10;
}

/** The next width up or down: always another one. */
export function resized(size: number, way: 1 | -1): number {
  const next = sized(size * STEP ** way);
  return next === size ? sized(size + way * 0.1) : next;
}

/** A tenth harder or softer. */
export const harder = (hardness: number, way: 1 | -1): number =>
  Math.min(1, Math.max(0, Math.round(hardness * 10 + way) / 10));
