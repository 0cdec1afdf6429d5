import { create } from "zustand";

import type { Picture } from "./picture";

/** A picture with a name, such as a step's. */
export interface Named {
  readonly id: string;
  readonly label: string;
  readonly picture: Picture;
}

export interface Exhibition {
  readonly title: string;
  /** In the order in which they are leafed through. */
  readonly pictures: readonly Named[];
  /** What is compared, by id; the last picture alone where both are left out. */
  readonly before?: string;
  readonly after?: string;
  /** An overlay that can be switched on. */
  readonly mask?: Picture | null;
}

interface ViewerState {
  readonly exhibition: Exhibition | null;
  /** Open the viewer, or show something else in it. */
  readonly show: (exhibition: Exhibition) => void;
  /** While it is open: the pictures have changed, what is compared stays. */
  readonly update: (pictures: readonly Named[], mask?: Picture | null) => void;
  readonly choose: (choice: { readonly before?: string; readonly after?: string }) => void;
  /** Show the next picture or the one before it, by so many. */
  readonly leaf: (by: number) => void;
  readonly close: () => void;
}

/** The viewer over the whole page: any two pictures of a list. */
export const useViewer = create<ViewerState>((set) => ({
  exhibition: null,
  show: (exhibition) => set({ exhibition: settled(exhibition) }),
  update: (pictures, mask) =>
    set(({ exhibition }) => ({
      exhibition: exhibition && settled({ ...exhibition, pictures, ...(mask !== undefined && { mask }) }),
    })),
  choose: (choice) => set(({ exhibition }) => ({ exhibition: exhibition && { ...exhibition, ...choice } })),
  leaf: (by) => set(({ exhibition }) => ({ exhibition: exhibition && leafed(exhibition, by) })),
  close: () => set({ exhibition: null }),
}));

/** With ids that are among the pictures. An empty one is nothing to compare with. */
export function settled(exhibition: Exhibition): Exhibition {
  const { pictures, before = "", after = "" } = exhibition;
  const has = (id: string) => pictures.some((picture) => picture.id === id);
  return { ...exhibition, before: has(before) ? before : "", after: has(after) ? after : (pictures.at(-1)?.id ?? "") };
}

/** The next of the pictures, or the one before; neither the first nor the last is left behind. */
export function leafed(exhibition: Exhibition, by: number): Exhibition {
  const { pictures, after } = exhibition;
  const now = pictures.findIndex((picture) => picture.id === after);
  const next = pictures[Math.max(0, Math.min(pictures.length - 1, now + by))];
  return next ? { ...exhibition, after: next.id } : exhibition;
}
