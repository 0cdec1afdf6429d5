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
  /** What somebody wants to do that would lose changes: it waits for a word. */
  readonly replacing: (() => void) | null;
  /** A picture that asks whether it is meant as a photo or as a workflow. */
  readonly carrier: Carrier | null;
  readonly show: (dialog: Dialog | null) => void;
  /** Open a panel, or close it if it is open. */
  readonly toggleSide: (side: Side) => void;
  readonly setSide: (side: Side | null) => void;
  readonly togglePalette: () => void;
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

/** Which parts of the graph page are open. */
export const usePanels = create<Panels>()(
  persist(
    (set) => ({
      dialog: null,
      side: "inspector",
      palette: true,
      replacing: null,
      carrier: null,
      show: (dialog) => set({ dialog }),
      toggleSide: (side) => set((state) => ({ side: state.side === side ? null : side })),
      setSide: (side) => set({ side }),
      togglePalette: () => set(({ palette }) => ({ palette: !palette })),
      setReplacing: (replacing) => set({ replacing }),
      setCarrier: (carrier) => set({ carrier }),
    }),
    { name: "heirloom-graph-panels", partialize: ({ side, palette }) => ({ side, palette }) },
  ),
);
