import { nodeAt } from "../document/connect";
import { inOrder } from "../document/wiring";
import type { Place, Workflow } from "../document/workflow";
import type { Run } from "../runs/reduce";
import type { Catalogue } from "../server/catalogue";
import type { Exhibition, Named } from "../viewer/useViewer";
import { labelOf } from "../widgets/labels";
import { resultAt } from "./results";
import { sourcesOf } from "./scene";

/** A place as the viewer names it. */
const named = ([id, port]: Place): string => JSON.stringify([id, port]);

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
      const picture = resultAt(workflow, run, [id, port]);
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
  const { image, mask, output: made } = sourcesOf(workflow, catalogue, id);
  return {
    title: served(node?.title ?? id),
    pictures: picturesOf(workflow, catalogue, run, served),
    after: named([id, output]),
    ...(image && { before: named(image) }),
    mask: resultAt(workflow, run, made) ?? resultAt(workflow, run, mask),
  };
}
