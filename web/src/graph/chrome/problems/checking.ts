import { create } from "zustand";

import type { Workflow } from "../../../document/workflow";
import { useRuns } from "../../../runs/store";
import type { ProblemJson, ProblemsJson } from "../../../server/api";
import { ask, problemsOf, Unreachable } from "../../../server/http";
import { useEditor } from "../../editor";

interface Checks {
  /** What keeps the workflow from running; null before the first answer. */
  readonly problems: readonly ProblemJson[] | null;
  readonly checking: boolean;
}

/** What is wrong with the open workflow, as the server sees it. */
export const useChecks = create<Checks>(() => ({ problems: null, checking: false }));

/** Milliseconds after the last change: a slider's drag is one check. */
const PATIENCE = 350;

/** Check the workflow after each change that means something to a run. Returns what ends that. */
export function startChecking(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();
  const check = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const json = useEditor.getState().workflow;
      const { problems } = await ask<ProblemsJson>("/api/workflows/validate", { method: "POST", json, signal });
      useChecks.setState({ problems, checking: false });
    } catch (error) {
      // The page says on its own that the server is away, and comes back to this when it is there.
      if (!signal.aborted) useChecks.setState({ checking: false, ...(!(error instanceof Unreachable) && { problems: problemsOf(error) }) });
    }
  };
  const soon = () => {
    clearTimeout(timer);
    useChecks.setState({ checking: true });
    timer = setTimeout(() => void check(), PATIENCE);
  };
  const endEdits = useEditor.subscribe((now, before) => {
    if (!sameToRun(now.workflow, before.workflow)) soon();
  });
  const endConnections = useRuns.subscribe((now, before) => {
    if (now.connected && before.connected === false) soon();
  });
  soon();
  return () => {
    clearTimeout(timer);
    asking.abort();
    endEdits();
    endConnections();
  };
}

/** Where nodes stand makes no difference. */
const sameToRun = (one: Workflow, other: Workflow): boolean =>
  one.nodes === other.nodes &&
  one.input === other.input &&
  one.result === other.result &&
  one.each === other.each &&
  one.controls === other.controls;
