import type { NodeJson } from "../server/api";
import type { Catalogue } from "../server/catalogue";
import { childrenOf, makesLoop, reach } from "./wiring";
import type { Place, Workflow } from "./workflow";

/** Why a wire cannot be. */
export type Misfit =
  | { readonly why: "kind"; readonly has: string; readonly wants: string }
  | { readonly why: "loop" }
  | { readonly why: "self" }
  /** The node, output or input is not known. */
  | { readonly why: "unknown" };

export type Fit = { readonly ok: true } | { readonly ok: false; readonly reason: Misfit };

/** Whether a wire may lead from an output to an input, and why not. */
export function fit(workflow: Workflow, catalogue: Catalogue, from: Place, to: Place): Fit {
  const has = kindOfOutput(workflow, catalogue, from);
  const wants = kindOfInput(workflow, catalogue, to);
  if (from[0] === to[0]) return no({ why: "self" });
  if (has === undefined || wants === undefined) return no({ why: "unknown" });
  if (!kindFits(catalogue, has, wants)) return no({ why: "kind", has, wants });
  return makesLoop(workflow, from[0], to[0]) ? no({ why: "loop" }) : { ok: true };
}

const no = (reason: Misfit): Fit => ({ ok: false, reason });

/** Every output that may feed an input, as `fit` would say: all at once, for lists. */
export function fittingSources(workflow: Workflow, catalogue: Catalogue, to: Place): readonly Place[] {
  const wants = kindOfInput(workflow, catalogue, to);
  if (wants === undefined) return [];
  const children = childrenOf(workflow);
  const after = reach([to[0]], (id) => children.get(id) ?? []);
  return Object.keys(workflow.nodes)
    .filter((id) => !after.has(id))
    .flatMap((id) =>
      Object.entries(nodeAt(workflow, catalogue, id)?.outputs ?? {})
        .filter(([, { kind }]) => kindFits(catalogue, kind, wants))
        .map(([port]): Place => [id, port]),
    );
}

/** Whether an input takes what an output gives: the same kind, or one that turns into it. */
export const kindFits = (catalogue: Catalogue, has: string, wants: string): boolean =>
  has === wants || (catalogue.kinds.get(wants)?.accepts.includes(has) ?? false);

export const kindOfOutput = (workflow: Workflow, catalogue: Catalogue, [id, port]: Place): string | undefined =>
  nodeAt(workflow, catalogue, id)?.outputs[port]?.kind;

export const kindOfInput = (workflow: Workflow, catalogue: Catalogue, [id, port]: Place): string | undefined =>
  nodeAt(workflow, catalogue, id)?.inputs[port]?.kind;

/** What the catalogue knows of a node in the workflow. */
export function nodeAt(workflow: Workflow, catalogue: Catalogue, id: string): NodeJson | undefined {
  const box = workflow.nodes[id];
  return box && catalogue.nodes.get(box.type);
}

/** The loose end of a wire: the kind that an output gives, or that an input wants. */
export type LooseEnd = { readonly output: string } | { readonly input: string };

/** A node that a loose wire can lead to, and the port to use. */
export interface FittingNode {
  readonly node: NodeJson;
  readonly port: string;
}

/**
 * The nodes that a loose wire can lead to. First those with a port of the very kind; among those that feed an input,
 * first what needs no input itself. Otherwise in the catalogue's order.
 */
export const fittingNodes = (catalogue: Catalogue, end: LooseEnd): readonly FittingNode[] =>
  [...catalogue.nodes.values()]
    .flatMap((node) => {
      const port = "output" in end ? inputFor(catalogue, node, end.output) : outputFor(catalogue, node, end.input);
      return port === undefined ? [] : [{ node, port }];
    })
    .sort((one, other) => distance(one, end) - distance(other, end));

function distance({ node, port }: FittingNode, end: LooseEnd): number {
  if ("output" in end) return node.inputs[port]?.kind === end.output ? 0 : 1;
  if (node.outputs[port]?.kind !== end.input) return 2;
  return Object.keys(node.inputs).length ? 1 : 0;
}

/** The input of a node that takes a kind best. */
export const inputFor = (catalogue: Catalogue, node: NodeJson, has: string): string | undefined =>
  bestPort(node.inputs, has, (wants) => kindFits(catalogue, has, wants));

/** The output of a node that gives best what a kind wants. */
export const outputFor = (catalogue: Catalogue, node: NodeJson, wants: string): string | undefined =>
  bestPort(node.outputs, wants, (has) => kindFits(catalogue, has, wants));

function bestPort(
  ports: Readonly<Record<string, { readonly kind: string }>>,
  kind: string,
  fits: (kind: string) => boolean,
): string | undefined {
  const all = Object.entries(ports);
  const best = all.find(([, port]) => port.kind === kind) ?? all.find(([, port]) => fits(port.kind));
  return best?.[0];
}
