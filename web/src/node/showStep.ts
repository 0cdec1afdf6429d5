import { useEditor } from "../graph/editor";
import { shownRun } from "../graph/shown";
import { useCatalogue } from "../server/catalogue";
import { servedNow } from "../text/language";
import { useViewer } from "../viewer/useViewer";
import { exhibitionOf } from "./pictures";

/** Open the viewer on what a step made. */
export function showStep(id: string): void {
  const { catalogue } = useCatalogue.getState();
  if (!catalogue) return;
  useViewer.getState().show(exhibitionOf(id, useEditor.getState().workflow, catalogue, shownRun(), servedNow()));
}
