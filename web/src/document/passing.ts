import type { NodeJson } from "../server/api";
import type { Catalogue } from "../server/catalogue";
import { nodeAt } from "./connect";
import type { Place, Workflow } from "./workflow";

/** A node's first input of a kind. */
export const inputOf = (node: NodeJson, kind: string): string | undefined =>
  Object.entries(node.inputs).find(([, input]) => input.kind === kind)?.[0];

/** A bypassed node passes each output the first input of its kind. Files may hold circles: each node counts once. */
export function pastBypassed(workflow: Workflow, catalogue: Catalogue, place: Place): Place | null {
  const seen = new Set<string>();
  let [id, port] = place;
  while (workflow.nodes[id]?.bypass && !seen.has(id)) {
    seen.add(id);
    const node = nodeAt(workflow, catalogue, id);
    const kind = node?.outputs[port]?.kind;
    const input = node && kind ? inputOf(node, kind) : undefined;
    const next = input === undefined ? undefined : workflow.nodes[id]?.inputs?.[input];
    if (!next) return null;
    [id, port] = next;
  }
  return seen.has(id) ? null : [id, port];
}
