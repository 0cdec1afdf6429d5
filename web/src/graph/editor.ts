import { create } from "zustand";

import { moveNodes, positionsOf } from "../document/edits";
import { begin, canRedo, canUndo, commit, redo, settle, undo, type History } from "../document/history";
import { EMPTY, type Workflow } from "../document/workflow";
import { askModels } from "../panels/question";
import { cancelRun, startRun } from "../runs/start";
import { useRuns } from "../runs/store";
import { problemsOf } from "../server/http";
import type { Problem } from "../ui/Problems";

export interface Editor {
  readonly workflow: Workflow;
  /** Its name in the library; null for one that was never saved there. */
  readonly name: string | null;
  /** How many documents were opened: another number, another document. */
  readonly opened: number;
  /** Whether it differs from what was opened or saved. */
  readonly changed: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Ids of nodes, frames and notes. */
  readonly selected: ReadonlySet<string>;
  /** The run of the queue that the canvas shows; while `live` is on, it shows the live one: see useShownStep. */
  readonly run: string | null;
  /** The picture follows every change. */
  readonly live: boolean;
  /** A photo's `setting`; empty: what the workflow names. */
  readonly photo: string;
  /** A run is asked for and has not begun. */
  readonly starting: boolean;
  /** Why the latest run could not start. */
  readonly refused: readonly Problem[];

  /** The only way to change the document. Edits with the same word undo as one until `settle`. */
  readonly edit: (change: (workflow: Workflow) => Workflow, merge?: string) => void;
  readonly settle: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Another document, with a history of its own; `changed` says whether it was not saved as it stands. */
  readonly open: (workflow: Workflow, name?: string | null, changed?: boolean) => void;
  /** The document is in the library now, as it stands. */
  readonly saved: (name: string) => void;
  readonly select: (ids: Iterable<string>) => void;
  readonly setPhoto: (photo: string) => void;
  readonly setLive: (live: boolean) => Promise<void>;
  readonly showRun: (run: string | null) => void;
  readonly runAll: () => Promise<void>;
  /** The node and what it needs. */
  readonly runOnly: (id: string) => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Forget why the latest run could not start. */
  readonly dismiss: () => void;
}

interface Kept extends Editor {
  readonly history: History<Workflow>;
  /** The document as it was opened or saved: the same object again is no change. */
  readonly original: Workflow;
}

const documentOf = (history: History<Workflow>, original: Workflow) => ({
  history,
  workflow: history.present,
  changed: history.present !== original,
  canUndo: canUndo(history),
  canRedo: canRedo(history),
});

const NOTHING_SHOWN = {
  selected: new Set<string>(),
  run: null,
  live: false,
  photo: "",
  starting: false,
  refused: [],
} as const;

export const useEditor = create<Kept>((set, get) => {
  const show = (history: History<Workflow>) =>
    set(({ original, selected }) => ({ ...documentOf(history, original), selected: present(selected, history.present) }));

  /** Once the models are there that it needs. */
  const start = async (targets: readonly string[] | null): Promise<void> => {
    set({ starting: true, refused: [] });
    const { workflow, photo, name } = get();
    try {
      const answer = await askModels(workflow, targets);
      if (answer) {
        const download = answer === "whole";
        const { id } = await startRun({ workflow, photo, targets, download, name: workflow.title || (name ?? "") });
        await get().setLive(false);
        set({ run: id });
      }
    } catch (error) {
      set({ refused: problemsOf(error) });
    } finally {
      set({ starting: false });
    }
  };

  return {
    ...documentOf(begin(EMPTY), EMPTY),
    ...NOTHING_SHOWN,
    original: EMPTY,
    name: null,
    opened: 0,

    edit: (change, merge) => {
      const { history, workflow } = get();
      const next = change(workflow);
      if (next !== workflow) show(commit(history, next, merge));
    },
    settle: () => set(({ history }) => ({ history: settle(history) })),
    undo: () => show(undo(get().history)),
    redo: () => show(redo(get().history)),
    open: (document, name = null, changed = false) => {
      const workflow = placed(document);
      const original = changed ? EMPTY : workflow;
      useRuns.getState().unfollow();
      set({ ...documentOf(begin(workflow), original), ...NOTHING_SHOWN, original, name, opened: get().opened + 1 });
    },
    saved: (name) => set(({ workflow }) => ({ name, original: workflow, changed: false })),
    select: (ids) => {
      const selected = new Set(ids);
      if (!same(selected, get().selected)) set({ selected });
    },
    setPhoto: (photo) => set({ photo }),
    setLive: async (live) => {
      if (live === get().live) return;
      if (!live) {
        const { live: last, unfollow } = useRuns.getState();
        // What the last live run showed stays in sight.
        set({ live, run: last ?? get().run });
        unfollow();
        return;
      }
      try {
        if (await askModels(get().workflow)) set({ live, refused: [] });
      } catch (error) {
        set({ refused: problemsOf(error) });
      }
    },
    showRun: (run) => {
      useRuns.getState().unfollow();
      set({ run, live: false });
    },
    runAll: () => start(null),
    runOnly: (id) => start([id]),
    cancel: async () => {
      const { run, live } = get();
      try {
        if (live) await get().setLive(false);
        else if (run) await cancelRun(run);
      } catch (error) {
        set({ refused: problemsOf(error) });
      }
    },
    dismiss: () => set({ refused: [] }),
  };
});

/** A document whose every node has a place, so that none moves because another one does. */
const placed = (workflow: Workflow): Workflow =>
  Object.keys(workflow.nodes).every((id) => workflow.layout && Object.hasOwn(workflow.layout, id)) ? workflow : moveNodes(workflow, positionsOf(workflow));

/** What is still there of a selection. */
function present(selected: ReadonlySet<string>, { nodes, layout }: Workflow): ReadonlySet<string> {
  const parts = new Set([...(layout?.["#frames"] ?? []), ...(layout?.["#notes"] ?? [])].map(({ id }) => id));
  const kept = new Set([...selected].filter((id) => Object.hasOwn(nodes, id) || parts.has(id)));
  return kept.size === selected.size ? selected : kept;
}

const same = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));
