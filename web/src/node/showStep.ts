import { useEditor } from "../graph/editor";
import { shownRun } from "../graph/shown";
import { useRuns } from "../runs/store";
import { useCatalogue, type Catalogue } from "../server/catalogue";
import { servedNow } from "../text/language";
import { useViewer, type Named } from "../viewer/useViewer";
import { exhibitionOf, picturesOf } from "./pictures";

/** Open the viewer on what a step made. While it is open, it shows what the run makes meanwhile. */
export function showStep(id: string): void {
  const { catalogue } = useCatalogue.getState();
  if (!catalogue) return;
  const exhibition = exhibitionOf(id, useEditor.getState().workflow, catalogue, shownRun(), servedNow());
  useViewer.getState().show(exhibition);
  const forgetRuns = useRuns.subscribe(() => follow(catalogue));
  const forgetViewer = useViewer.subscribe(({ exhibition: now }) => {
    if (now?.title === exhibition.title) return;
    forgetRuns();
    forgetViewer();
  });
}

function follow(catalogue: Catalogue): void {
  const { exhibition, update } = useViewer.getState();
  if (!exhibition) return;
  const made = picturesOf(useEditor.getState().workflow, catalogue, shownRun(), servedNow());
  const pictures = renewed(exhibition.pictures, made);
  if (JSON.stringify(pictures) !== JSON.stringify(exhibition.pictures)) update(pictures);
}

/** The pictures with what has been made since; one that is being made again stays until it is there. */
export function renewed(shown: readonly Named[], made: readonly Named[]): readonly Named[] {
  const fresh = new Map(made.map((each) => [each.id, each]));
  const known = new Set(shown.map(({ id }) => id));
  return [...shown.map((each) => fresh.get(each.id) ?? each), ...made.filter(({ id }) => !known.has(id))];
}
