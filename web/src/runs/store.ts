import { create } from "zustand";

import { socketUrl, Socket } from "../server/socket";
import type { Asked } from "../server/messages";
import type { Workflow } from "../document/workflow";
import { beginLive, NO_RUNS, reduceFrame, type Run, type Runs } from "./reduce";

export interface LiveWish {
  readonly document: Workflow;
  readonly targets?: readonly string[] | null;
  readonly side?: number;
  readonly photo?: string;
}

interface RunsState extends Runs {
  /** null before the first connection. */
  readonly connected: boolean | null;
  /** The id of this page's live run, the latest one; null where nothing is followed. */
  readonly live: string | null;
  /** Connect, once for the page's life. */
  readonly connect: () => void;
  /** Follow a workflow: the latest wish wins. Returns the run's id. */
  readonly follow: (wish: LiveWish) => string;
  readonly unfollow: () => void;
}

let socket: Socket | null = null;
let lives = 0;

export const useRuns = create<RunsState>((set, get) => ({
  ...NO_RUNS,
  connected: null,
  live: null,
  connect: () => {
    socket ??= new Socket(socketUrl(window.location), {
      onFrame: (frame) => set((state) => reduceFrame(state, frame)),
      onOpen: () => set({ connected: true }),
      // A live run ends with its connection; whoever follows asks again once `connected` is true.
      onLost: () => set({ connected: false, live: null }),
    });
  },
  follow: ({ document, targets = null, side = 1024, photo = "" }) => {
    lives += 1;
    const name = String(lives);
    const id = `live-${name}`;
    set((state) => ({ ...beginLive(state, id, state.live ? state.runs[state.live] : undefined), live: id }));
    tell({ ask: "Live", id: name, document: document as unknown as Readonly<Record<string, unknown>>, targets, side, photo });
    return id;
  },
  unfollow: () => {
    if (get().live) tell({ ask: "StopLive" });
    set({ live: null });
  },
}));

const tell = (message: Asked): boolean => socket?.send(message) ?? false;

export const useRun = (id: string | null): Run | undefined => useRuns((state) => (id ? state.runs[id] : undefined));
