import type { Place, Workflow } from "./workflow";

/** An output that feeds an input. */
export interface Wire {
  readonly from: Place;
  readonly to: Place;
}

export const wiresOf = (workflow: Workflow): readonly Wire[] =>
  Object.entries(workflow.nodes).flatMap(([id, box]) =>
    Object.entries(box.inputs ?? {}).map(([port, from]): Wire => ({ from, to: [id, port] })),
  );

/** The nodes that feed a node, each once. */
export const parentsOf = (workflow: Workflow, id: string): readonly string[] => [
  ...new Set(Object.values(workflow.nodes[id]?.inputs ?? {}).map(([source]) => source)),
];

/** Whom each node feeds. */
export function childrenOf(workflow: Workflow): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>();
  for (const { from, to } of wiresOf(workflow)) {
    const fed = children.get(from[0]);
    if (fed) fed.add(to[0]);
    else children.set(from[0], new Set([to[0]]));
  }
  return children;
}

/** Everything that can be come to from some nodes, these included. */
export function reach(start: Iterable<string>, onward: (id: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...onward(id));
  }
  return found;
}

/** A node and all that it depends on. */
export const ancestorsOf = (workflow: Workflow, id: string): ReadonlySet<string> =>
  reach([id], (each) => parentsOf(workflow, each));

/** Whether a wire from one node to another would run in a circle. */
export const makesLoop = (workflow: Workflow, from: string, to: string): boolean =>
  ancestorsOf(workflow, from).has(to);

/** All nodes, each after those that feed it. Nodes in a circle, which files may hold, come last. */
export function inOrder(workflow: Workflow): readonly string[] {
  const children = childrenOf(workflow);
  const open = new Map<string, number>();
  for (const id of Object.keys(workflow.nodes)) {
    open.set(id, parentsOf(workflow, id).filter((parent) => Object.hasOwn(workflow.nodes, parent)).length);
  }
  const order = [...open.keys()].filter((id) => open.get(id) === 0);
  for (const id of order) {
    for (const child of children.get(id) ?? []) {
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  const placed = new Set(order);
  return [...order, ...[...open.keys()].filter((id) => !placed.has(id))];
}
