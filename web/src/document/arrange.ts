import { NODE_SIZE, positionsOf } from "./layout";
import { wiresOf } from "./wiring";
import type { Point, Workflow } from "./workflow";

const GAP = { ranksep: 80, nodesep: 48, edgesep: 24 } as const;

/**
 * Where nodes stand when each is right of what feeds it; the top left corner of them all stays. Sizes that nobody has
 * measured are guessed. The library that does it is loaded on first use.
 */
export async function arrange(
  workflow: Workflow,
  ids: Iterable<string> = Object.keys(workflow.nodes),
  sizes: ReadonlyMap<string, Point> = new Map(),
): Promise<ReadonlyMap<string, Point>> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const wanted = new Set([...ids].filter((id) => Object.hasOwn(workflow.nodes, id)));
  if (!wanted.size) return new Map();
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...GAP });
  for (const id of wanted) {
    const [width, height] = sizes.get(id) ?? NODE_SIZE;
    graph.setNode(nameOf(id), { width, height });
  }
  for (const { from, to } of wiresOf(workflow)) {
    if (wanted.has(from[0]) && wanted.has(to[0])) graph.setEdge(nameOf(from[0]), nameOf(to[0]), {});
  }
  layout(graph);
  const placed = new Map<string, Point>();
  for (const id of wanted) {
    // What dagre gives is the middle of each node.
    const { x, y, width, height } = graph.node(nameOf(id)) as { x: number; y: number; width: number; height: number };
    placed.set(id, [x - width / 2, y - height / 2]);
  }
  return anchored(placed, positionsOf(workflow));
}

/** dagre keeps names in plain objects, and trips over a node that is called "constructor". */
const nameOf = (id: string): string => `node ${id}`;

function anchored(placed: ReadonlyMap<string, Point>, before: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const old = [...placed.keys()].map((id) => before.get(id) ?? [0, 0]);
  const dx = Math.min(...old.map(([x]) => x)) - Math.min(...[...placed.values()].map(([x]) => x));
  const dy = Math.min(...old.map(([, y]) => y)) - Math.min(...[...placed.values()].map(([, y]) => y));
  return new Map([...placed].map(([id, [x, y]]) => [id, [Math.round(x + dx), Math.round(y + dy)]]));
}
