import { useEffect, useMemo } from "react";
import { create } from "zustand";

import { useRuns } from "../runs/store";
import type { ProblemJson, RunJson, RunsJson } from "../server/api";
import { ask, problemsOf } from "../server/http";
import type { RunRecord } from "../server/messages";

const PAGE = 30;
const ENDED = ["done", "failed", "cancelled"];

interface HistoryState {
  /** Ended runs that were read, the newest first. */
  readonly pages: readonly RunJson[];
  /** Where the next page begins; null on the last, undefined before the first. */
  readonly next: string | null | undefined;
  readonly problems: readonly ProblemJson[];
  readonly isReading: boolean;
  /** Begin anew with the first page. */
  readonly load: () => Promise<void>;
  readonly more: () => Promise<void>;
  /** One that was deleted here or elsewhere. */
  readonly drop: (id: string) => void;
}

export const useHistory = create<HistoryState>((set, get) => {
  const read = async (before: string | null | undefined) => {
    if (get().isReading) return;
    set({ isReading: true });
    try {
      const { runs, next } = await ask<RunsJson>(addressOf(before));
      set(({ pages }) => ({ pages: before ? [...pages, ...runs] : runs, next, problems: [] }));
    } catch (error) {
      set({ problems: problemsOf(error) });
    } finally {
      set({ isReading: false });
    }
  };
  return {
    pages: [],
    next: undefined,
    problems: [],
    isReading: false,
    load: () => read(null),
    more: () => read(get().next),
    drop: (id) => set(({ pages }) => ({ pages: pages.filter((run) => run.id !== id) })),
  };
});

function addressOf(before: string | null | undefined): string {
  const query = new URLSearchParams([["limit", String(PAGE)], ...ENDED.map((state) => ["state", state])]);
  if (before) query.set("before", before);
  return `/api/runs?${query}`;
}

/** What was read, and what has ended since: the newest first, each once, as it was heard of last. */
export function mergedRuns(pages: readonly RunRecord[], live: readonly RunRecord[]): readonly RunRecord[] {
  const all = new Map<string, RunRecord>();
  for (const run of [...pages, ...live]) if (ENDED.includes(run.state)) all.set(run.id, run);
  return [...all.values()].sort((one, other) => other.created - one.created);
}

/** Live runs are told by the same events, but no history has them. */
const isKept = ({ id }: RunRecord): boolean => !id.startsWith("live-");

/** All that is known of the history; it stays right while runs end, or are deleted in another window. */
export function useEndedRuns(): readonly RunRecord[] {
  const pages = useHistory((state) => state.pages);
  const runs = useRuns((state) => state.runs);
  return useMemo(() => {
    const live = Object.values(runs).map((run) => run.record);
    // What lies between the read pages and older runs that the websocket happened to name would be a gap.
    const oldest = pages.at(-1)?.created ?? 0;
    return mergedRuns(pages, live.filter((run) => isKept(run) && run.created >= oldest));
  }, [pages, runs]);
}

/** Read the first page, and again whenever the server comes back or has lost a run. */
export function useHistoryReading(): void {
  const load = useHistory((state) => state.load);
  const isConnected = useRuns((state) => state.connected);
  useEffect(() => {
    if (isConnected !== false) void load();
  }, [load, isConnected]);
  useEffect(
    () =>
      useRuns.subscribe((state, before) => {
        const isLost = Object.values(before.runs).some(({ record }) => isKept(record) && !state.runs[record.id]);
        if (isLost) void load();
      }),
    [load],
  );
}
