import type { Run } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { StepView } from "../server/messages";
import { useEditor } from "./editor";

/**
 * The run that the canvas shows. A live run takes another id with every change of the document: whoever reads it
 * through here is drawn again only when something to show has changed.
 */
export function useShownRun(): Run | undefined {
  const run = useShownId();
  return useRuns((state) => state.runs[shownOf(run, state.live)]);
}

/** One of its steps, for components that show nothing else. */
export function useShownStep(id: string): StepView | undefined {
  const run = useShownId();
  return useRuns((state) => state.runs[shownOf(run, state.live)]?.steps[id]);
}

/** What is shown now, for code outside of components. */
export const shownRun = (): Run | undefined => {
  const { runs, live } = useRuns.getState();
  const editor = useEditor.getState();
  return runs[shownOf(editor.live ? null : editor.run, live)];
};

const useShownId = (): string | null => useEditor((state) => (state.live ? null : state.run));

const shownOf = (run: string | null, live: string | null): string => run ?? live ?? "";
