import { create } from "zustand";
import { persist } from "zustand/middleware";

import type { Workflow } from "../../document/workflow";
import type { PhotoJson } from "../../server/api";

/** What opens over the canvas, one at a time. */
export type Dialog = "commands" | "help" | "library" | "templates" | "saveAs";

/** What stands beside the canvas, one at a time. */
export type Side = "inspector" | "problems" | "queue";

interface Panels {
  readonly dialog: Dialog | null;
  readonly side: Side | null;
  /** The list of nodes at the left. */
  readonly palette: boolean;
  /** Whether single letters are commands, too. */
  readonly singleKeys: boolean;
  /** What somebody wants to do that would lose changes: it waits for a word. */
  readonly replacing: (() => void) | null;
  /** What comes once the workflow is saved under a name. */
  readonly afterSave: () => void;
  /** A picture that asks whether it is meant as a photo or as a workflow. */
  readonly carrier: Carrier | null;
  readonly show: (dialog: Dialog | null) => void;
  /** Ask for a name to save under, and go on. */
  readonly askName: (goOn?: () => void) => void;
  /** Open a panel, or close it if it is open. */
  readonly toggleSide: (side: Side) => void;
  readonly setSide: (side: Side | null) => void;
  readonly togglePalette: () => void;
  /** Close what covers the canvas, where something does. */
  readonly uncover: () => void;
  readonly setSingleKeys: (on: boolean) => void;
  readonly setReplacing: (replacing: (() => void) | null) => void;
  readonly setCarrier: (carrier: Carrier | null) => void;
}

/** A picture that somebody dropped, and the workflow that made it. */
export interface Carrier {
  readonly photo: PhotoJson;
  readonly workflow: Workflow;
  /** Take it as a photo. */
  readonly accept: () => void;
}

/** On a narrow window panels cover the canvas: there is room for one, and for none while somebody works. */
export const isNarrow = (): boolean => window.matchMedia("(width < 64rem)").matches;

/** Which parts of the graph page are open. */
export const usePanels = create<Panels>()(
  persist(
    (set, get) => ({
      dialog: null,
      side: null,
      palette: !isNarrow(),
      singleKeys: true,
      replacing: null,
      carrier: null,
      afterSave: () => undefined,
      show: (dialog) => set({ dialog }),
      askName: (afterSave = () => undefined) => set({ dialog: "saveAs", afterSave }),
      toggleSide: (side) => get().setSide(get().side === side ? null : side),
      setSide: (side) => set({ side, ...(side && isNarrow() && { palette: false }) }),
      togglePalette: () => set(({ palette }) => ({ palette: !palette, ...(isNarrow() && { side: null }) })),
      uncover: () => {
        if (isNarrow()) set({ side: null, palette: false });
      },
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      setReplacing: (replacing) => set({ replacing }),
      setCarrier: (carrier) => set({ carrier }),
    }),
    { name: "heirloom-graph-panels", partialize: ({ side, palette, singleKeys }) => ({ side, palette, singleKeys }) },
  ),
);
