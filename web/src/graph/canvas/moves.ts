import type { NodeChange } from "@xyflow/react";

import { framesOf, insideOf } from "../../document/edits";
import type { Point, Workflow } from "../../document/workflow";
import { pointOf, type FlowNode } from "./flow";

type XY = FlowNode["position"];

export interface Size {
  readonly width: number;
  readonly height: number;
  /** Somebody pulls at its corner: it is not only measured, but made so. */
  readonly pulled: boolean;
}

/** What React Flow wants to change, sorted: where nodes are dragged, where they were put, how large they are. */
export interface Moves {
  readonly places: ReadonlyMap<string, XY>;
  /** The gesture has ended: what has moved belongs into the document. */
  readonly ended: boolean;
  readonly sizes: ReadonlyMap<string, Size>;
  /** Ids that were chosen (true) or let go. */
  readonly chosen: ReadonlyMap<string, boolean>;
}

export function movesOf(changes: readonly NodeChange<FlowNode>[]): Moves {
  const places = new Map<string, XY>();
  const sizes = new Map<string, Size>();
  const chosen = new Map<string, boolean>();
  let ended = false;
  for (const change of changes) {
    if (change.type === "position") {
      if (change.position) places.set(change.id, change.position);
      ended ||= change.dragging === false;
    } else if (change.type === "dimensions" && change.dimensions) {
      sizes.set(change.id, { ...change.dimensions, pulled: Boolean(change.setAttributes) });
    } else if (change.type === "select") chosen.set(change.id, change.selected);
  }
  return { places, ended, sizes, chosen };
}

/** A frame takes along what lies in it, and that which lies in frames within it; `inside` says what that was. */
export function carried(
  nodes: readonly FlowNode[],
  places: ReadonlyMap<string, XY>,
  inside: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, XY> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const all = new Map(places);
  for (const [id, to] of places) {
    const from = byId.get(id)?.position;
    if (!from) continue;
    for (const member of inside.get(id) ?? []) {
      const at = byId.get(member)?.position;
      if (at && !all.has(member)) all.set(member, { x: at.x + to.x - from.x, y: at.y + to.y - from.y });
    }
  }
  return all;
}

/** What each frame holds, frames included. */
export function contentsOf(workflow: Workflow, frames: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const wanted = new Set(frames);
  const all = framesOf(workflow);
  return new Map(
    all
      .filter(({ id }) => wanted.has(id))
      .map((frame) => {
        const smaller = all.filter((other) => other.id !== frame.id && holds(frame, other)).map(({ id }) => id);
        return [frame.id, [...insideOf(workflow, frame), ...smaller]];
      }),
  );
}

interface Rect {
  readonly at: Point;
  readonly size: Point;
}

const holds = (outer: Rect, inner: Rect): boolean =>
  inner.at[0] >= outer.at[0] &&
  inner.at[1] >= outer.at[1] &&
  inner.at[0] + inner.size[0] <= outer.at[0] + outer.size[0] &&
  inner.at[1] + inner.size[1] <= outer.at[1] + outer.size[1];

/** Nodes at new places and of new sizes; those that neither concerns stay the same objects. */
export function moved(nodes: readonly FlowNode[], { places, sizes }: Pick<Moves, "places" | "sizes">): readonly FlowNode[] {
  if (!places.size && !sizes.size) return nodes;
  return nodes.map((node) => {
    const position = places.get(node.id);
    const size = sizes.get(node.id);
    if (!position && !size) return node;
    return { ...node, ...(position && { position }), ...(size && sized(node, size)) } as FlowNode;
  });
}

function sized(node: FlowNode, { width, height, pulled }: Size): Partial<FlowNode> {
  const measured = { width, height };
  // The sockets that were guessed give way to those that were measured; frames and notes have none.
  return { measured, handles: node.type === "step" ? undefined : [], ...(pulled && { width, height }) };
}

/** Where nodes were put, as far as the document does not know it yet. */
export function newPlaces(nodes: readonly FlowNode[], ids: Iterable<string>, known: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const wanted = new Set(ids);
  const news = nodes
    .filter(({ id }) => wanted.has(id))
    .map((node) => [node.id, pointOf(node)] as const)
    .filter(([id, [x, y]]) => {
      const old = known.get(id);
      return !old || old[0] !== x || old[1] !== y;
    });
  return new Map(news);
}
