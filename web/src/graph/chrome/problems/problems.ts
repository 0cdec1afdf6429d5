import { nodeAt } from "../../../document/connect";
import { childrenOf, inOrder } from "../../../document/wiring";
import type { Place, Workflow } from "../../../document/workflow";
import type { Catalogue } from "../../../server/catalogue";
import { useText } from "../../../text/language";
import type { Problem } from "../../../ui/Problems";
import { useEditor } from "../../editor";
import { useChecks } from "./checking";

/** Everything that keeps the open workflow from running; null before anybody knows. */
export function useGraphProblems(): readonly Problem[] | null {
  const { problems: text } = useText().graph;
  const found = useChecks((state) => state.problems);
  const place = useEditor(({ workflow, photo }) => (photo ? null : photoMissing(workflow)));
  if (!found || !place) return found;
  const [node, port] = place;
  return [{ message: text.noPhoto, remedy: text.noPhotoRemedy, node, port }, ...found];
}

/**
 * Where a photo is missing. The server does not count it: other pages bring a photo with each run. Here the workflow
 * has to name one.
 */
export function photoMissing({ input, nodes }: Workflow): Place | null {
  const box = input && Object.hasOwn(nodes, input[0]) ? nodes[input[0]] : undefined;
  return input && box && !box.bypass && !box.settings?.[input[1]] ? input : null;
}

/** What could be the result of a workflow that has none: an output of the last step that has one; null if there is none. */
export function resultMissing(workflow: Workflow, catalogue: Catalogue): Place | null {
  if (workflow.result) return null;
  const children = childrenOf(workflow);
  const ends = inOrder(workflow).filter((id) => !children.has(id) && !workflow.nodes[id]?.bypass);
  for (const id of ends.toReversed()) {
    const output = Object.keys(nodeAt(workflow, catalogue, id)?.outputs ?? {})[0];
    if (output !== undefined) return [id, output];
  }
  return null;
}
