import { nodeAt } from "../document/connect";
import { inputOf, pastBypassed } from "../document/passing";
import type { Place, Workflow } from "../document/workflow";
import type { Catalogue } from "../server/catalogue";

/** Where what a node's controls are drawn on comes from: most of it from outputs of other nodes. */
export interface Sources {
  readonly image: Place | null;
  readonly mask: Place | null;
  readonly faces: Place | null;
  /** The mask that the node itself makes of them. */
  readonly output: Place | null;
  /** The photo that the image was once read from, unless its size was changed since. */
  readonly photo: Place | null;
}

/** Nodes of this family change the size of what they get: places on what they give are not places on the photo. */
const RESIZING = "upscale";

/** Places on what a live run makes are places on the whole photo; see `Picture.size`. */
export function sourcesOf(workflow: Workflow, catalogue: Catalogue, id: string): Sources {
  const image = sourceOf(workflow, catalogue, id, "image");
  return {
    image,
    mask: sourceOf(workflow, catalogue, id, "mask"),
    faces: sourceOf(workflow, catalogue, id, "faces"),
    output: maskOf(workflow, catalogue, id),
    photo: image && photoOf(workflow, catalogue, image),
  };
}

/** What feeds a node's first input of a kind, seen past bypassed nodes. */
function sourceOf(workflow: Workflow, catalogue: Catalogue, id: string, kind: string): Place | null {
  const node = nodeAt(workflow, catalogue, id);
  const port = node && inputOf(node, kind);
  const place = port === undefined ? undefined : workflow.nodes[id]?.inputs?.[port];
  return place ? pastBypassed(workflow, catalogue, place) : null;
}

function maskOf(workflow: Workflow, catalogue: Catalogue, id: string): Place | null {
  const outputs = Object.entries(nodeAt(workflow, catalogue, id)?.outputs ?? {});
  const mask = outputs.find(([, { kind }]) => kind === "mask");
  return mask ? [id, mask[0]] : null;
}

function photoOf(workflow: Workflow, catalogue: Catalogue, place: Place): Place | null {
  const seen = new Set<string>();
  let at: Place | null = place;
  while (at && !seen.has(at[0])) {
    seen.add(at[0]);
    const node = nodeAt(workflow, catalogue, at[0]);
    if (!node || node.family === RESIZING) return null;
    if (!Object.keys(node.inputs).length) return at;
    at = sourceOf(workflow, catalogue, at[0], "image");
  }
  return null;
}
