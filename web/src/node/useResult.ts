import { useEditor } from "../graph/editor";
import { shownRun } from "../graph/shown";
import { useRuns } from "../runs/store";
import { resultAt } from "./results";

/** Under which a step's result is kept; empty until there is one. Whoever uses it is drawn again when that changes. */
export function useResult(id: string): string {
  const now = () => resultAt(useEditor.getState().workflow, shownRun(), [id, ""])?.key ?? "";
  useEditor(now);
  return useRuns(now);
}
