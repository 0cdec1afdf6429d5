import { nodeAt } from "../document/connect";
import { inOrder } from "../document/wiring";
import type { Place, Workflow } from "../document/workflow";
import type { Run } from "../runs/reduce";
import type { Catalogue } from "../server/catalogue";
import type { Picture } from "../viewer/picture";
import type { Exhibition, Named } from "../viewer/useViewer";
import { labelOf } from "../widgets/labels";
import { sourcesOf } from "./scene";

/** A place as the viewer names it. */
const named = ([id, port]: Place): string => JSON.stringify([id, port]);

/** What a place shows in a run; null while it shows nothing. */
export function pictureAt(run: Run | undefined, place: Place | null): Picture | null {
  const step = place ? run?.steps[place[0]] : undefined;
  return place && step?.state === "done" && step.key ? { key: step.key, output: place[1] } : null;
}

/** All that a run has made so far, in the order of the work. Whoever has several outputs names each. */
export function picturesOf(
  workflow: Workflow,
  catalogue: Catalogue,
  run: Run | undefined,
  served: (words: string) => string,
): readonly Named[] {
  return inOrder(workflow).flatMap((id) => {
    const node = nodeAt(workflow, catalogue, id);
    const outputs = Object.keys(node?.outputs ?? {});
    return outputs.flatMap((port) => {
      const picture = pictureAt(run, [id, port]);
      const title = `${served(node?.title ?? "")} (${id})`;
      const label = outputs.length > 1 ? `${title}: ${served(labelOf(port))}` : title;
      return picture ? [{ id: named([id, port]), label, picture }] : [];
    });
  });
}

/** What the viewer shows of a node: what comes out, against what came in. */
export function exhibitionOf(
  id: string,
  workflow: Workflow,
  catalogue: Catalogue,
  run: Run | undefined,
  served: (words: string) => string,
): Exhibition {
  const node = nodeAt(workflow, catalogue, id);
  const [output = ""] = Object.keys(node?.outputs ?? {});
  const { image, mask } = sourcesOf(workflow, catalogue, id);
  const made = node?.outputs[output]?.kind === "mask" ? pictureAt(run, [id, output]) : null;
  return {
    title: served(node?.title ?? id),
    pictures: picturesOf(workflow, catalogue, run, served),
    after: named([id, output]),
    ...(image && { before: named(image) }),
    mask: made ?? pictureAt(run, mask),
  };
}
