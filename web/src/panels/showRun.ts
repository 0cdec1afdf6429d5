import type { RunRecord } from "../server/messages";
import { textNow } from "../text/language";
import { useViewer } from "../viewer/useViewer";
import { beforePicture } from "./photo";
import type { Ends } from "./story";

/** A run whose result is chosen to be compared. */
export interface Chosen {
  readonly run: RunRecord;
  readonly label: string;
  readonly ends: Ends;
}

/** Before and after of one run, in the viewer. */
export function showRun(title: string, run: RunRecord, ends: Ends): void {
  const { history } = textNow().panels;
  const before = beforePicture(run.photo, ends.before);
  const pictures = [
    ...(before ? [{ id: "before", label: history.before, picture: before }] : []),
    ...(ends.after ? [{ id: "after", label: history.after, picture: ends.after }] : []),
  ];
  useViewer.getState().show({ title, pictures, before: "before", after: "after" });
}

/** The results of two runs against each other; their photos are in the list, too. */
export function showTwo(title: string, chosen: readonly Chosen[]): void {
  const { history } = textNow().panels;
  const pictures = chosen.flatMap(({ run, label, ends }) => {
    const before = beforePicture(run.photo, ends.before);
    return [
      ...(before ? [{ id: `${run.id} before`, label: `${label}: ${history.before}`, picture: before }] : []),
      ...(ends.after ? [{ id: run.id, label, picture: ends.after }] : []),
    ];
  });
  const [before = "", after = ""] = chosen.map(({ run }) => run.id);
  useViewer.getState().show({ title, pictures, before, after });
}
