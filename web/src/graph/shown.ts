import type { Run } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { StepView } from "../server/messages";
import { useEditor } from "./editor";

/**
 * The run that the canvas shows. A live run takes another id with every change of the document: whoever reads it
 * through here is drawn again only when something to show has changed.
 */
export function useShownRun(): Run | undefined {
  const run = useEditor((state) => state.run);
  const isLive = useEditor((state) => state.live);
  return useRuns(({ runs, live }) => runs[shownOf(run, isLive, live)]);
}

/** One of its steps, for components that show nothing else. */
export function useShownStep(id: string): StepView | undefined {
  const run = useEditor((state) => state.run);
  const isLive = useEditor((state) => state.live);
  return useRuns(({ runs, live }) => runs[shownOf(run, isLive, live)]?.steps[id]);
}

/** The small picture of what it is about to make; empty unless it draws one now. */
export function useShownSketch(id: string): string {
  const run = useEditor((state) => state.run);
  const isLive = useEditor((state) => state.live);
  return useRuns(({ runs, live }) => runs[shownOf(run, isLive, live)]?.steps[id]?.sketch ?? "");
}

/** What is shown now, for code outside of components. */
export function shownRun(): Run | undefined {
  const { runs, live } = useRuns.getState();
  const editor = useEditor.getState();
  return runs[shownOf(editor.run, editor.live, live)];
}

/** Until a live run begins, and while the server is away, the last run stays in sight. */
const shownOf = (run: string | null, isLive: boolean, live: string | null): string => (isLive ? (live ?? run) : run) ?? "";

/** Live runs are known to the page that follows them, and to nobody else. */
export const isLiveRun = (id: string): boolean => id.startsWith("live-");
