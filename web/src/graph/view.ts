import type { ReactFlowInstance } from "@xyflow/react";
import { create } from "zustand";
import { persist } from "zustand/middleware";

import type { Place, Point } from "../document/workflow";
import type { FlowEdge, FlowNode } from "./canvas/flow";

/** The end of a wire in somebody's hand. */
export interface WireEnd {
  readonly place: Place;
  readonly side: "input" | "output";
}

/** The popover that adds a node: where it stands in the window, and where the node will stand on the canvas. */
export interface Adding {
  readonly screen: { readonly x: number; readonly y: number };
  readonly at: Point;
  /** Only nodes that fit here are offered, and the new one is wired to it. */
  readonly from: WireEnd | null;
}

/** The context menu: where it opens, and what was pointed at. */
export interface Pointed {
  readonly at: { readonly x: number; readonly y: number };
  readonly on: "step" | "frame" | "note" | "wire" | "canvas";
  /** Of the node, frame, note or wire; empty for the canvas. */
  readonly id: string;
}

interface View {
  /** The canvas, while there is one. */
  readonly flow: ReactFlowInstance<FlowNode, FlowEdge> | null;
  readonly adding: Adding | null;
  /** The wire that is being drawn. */
  readonly wiring: WireEnd | null;
  /** The id of the wire that was taken off its socket. */
  readonly taken: string | null;
  readonly pointed: Pointed | null;
  /** Nodes keep to the grid. */
  readonly snap: boolean;
  readonly minimap: boolean;
  readonly setFlow: (flow: ReactFlowInstance<FlowNode, FlowEdge> | null) => void;
  readonly openAdd: (adding: Adding) => void;
  /** The same in the middle of what is in sight. */
  readonly openAddHere: () => void;
  readonly closeAdd: () => void;
  readonly setWiring: (wiring: WireEnd | null) => void;
  readonly setTaken: (taken: string | null) => void;
  readonly setPointed: (pointed: Pointed | null) => void;
  readonly setSnap: (snap: boolean) => void;
  readonly setMinimap: (minimap: boolean) => void;
}

/** How the graph is looked at; no part of the document. */
export const useView = create<View>()(
  persist(
    (set) => ({
      flow: null,
      adding: null,
      wiring: null,
      taken: null,
      pointed: null,
      snap: true,
      minimap: true,
      setFlow: (flow) => set({ flow }),
      openAdd: (adding) => set({ adding }),
      openAddHere: () => set({ adding: { screen: middleOnScreen(), at: middle(), from: null } }),
      closeAdd: () => set({ adding: null }),
      setWiring: (wiring) => set({ wiring }),
      setTaken: (taken) => set({ taken }),
      setPointed: (pointed) => set({ pointed }),
      setSnap: (snap) => set({ snap }),
      setMinimap: (minimap) => set({ minimap }),
    }),
    { name: "heirloom-graph-view", partialize: ({ snap, minimap }) => ({ snap, minimap }) },
  ),
);

/** The middle of what is in sight, on the canvas. */
export function middle(): Point {
  const { x, y } = useView.getState().flow?.screenToFlowPosition(middleOnScreen()) ?? { x: 0, y: 0 };
  return [Math.round(x), Math.round(y)];
}

function middleOnScreen(): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = document.getElementById(CANVAS)?.getBoundingClientRect() ?? ORIGIN;
  return { x: left + width / 2, y: top + height / 2 };
}

/** The id of the canvas's element. */
export const CANVAS = "graph-canvas";

const ORIGIN = { left: 0, top: 0, width: 0, height: 0 };

const QUICK = 250;

/** How long the view may take to move: not at all for people who want no motion. */
const duration = (): number => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : QUICK);

export const fitAll = (): void => void useView.getState().flow?.fitView({ padding: 0.1, maxZoom: 1, duration: duration() });

export const zoomIn = (): void => void useView.getState().flow?.zoomIn({ duration: duration() });

export const zoomOut = (): void => void useView.getState().flow?.zoomOut({ duration: duration() });

export const zoomToFull = (): void => void useView.getState().flow?.zoomTo(1, { duration: duration() });

/** Bring nodes, frames and notes into sight. */
export const reveal = (ids: Iterable<string>): void =>
  void useView.getState().flow?.fitView({
    nodes: [...ids].map((id) => ({ id })),
    padding: 0.3,
    minZoom: 0.4,
    maxZoom: 1,
    duration: duration(),
  });
