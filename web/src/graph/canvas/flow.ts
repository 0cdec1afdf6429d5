import { type Edge, type Node } from "@xyflow/react";

import { nodeAt } from "../../document/connect";
import { framesOf, isCollapsed, notesOf, positionsOf } from "../../document/edits";
import { wiresOf, type Wire } from "../../document/wiring";
import type { Box, Frame, Note, Point, Workflow } from "../../document/workflow";
import type { Catalogue } from "../../server/catalogue";
import { shapeOf, type Shape } from "./shape";

/** What React Flow draws. A node's card reads the document itself, by its id; frames and notes carry theirs. */
export type StepNode = Node<{ readonly shape: Shape | null }, "step">;
export type FrameNode = Node<{ readonly frame: Frame }, "frame">;
export type NoteNode = Node<{ readonly note: Note }, "note">;
export type FlowNode = StepNode | FrameNode | NoteNode;
export type FlowEdge = Edge<{ readonly colour: string }, "wire">;

/** The same object for the same node, wherever nothing has changed: only what is new is drawn again. */
export interface Scene {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

export interface Looks {
  readonly selected: ReadonlySet<string>;
  readonly words: Words;
}

/** What screen readers say. The same object as long as it says the same. */
export interface Words {
  readonly node: string;
  readonly frame: string;
  readonly note: string;
  readonly wire: string;
  readonly nameOf: (id: string, box: Box) => string;
  readonly nameOfWire: (wire: Wire) => string;
}

/** Frames lie under the wires, nodes over them. */
const FRAME_LAYER = -1;
const NODE_LAYER = 1;
const CHOSEN_LAYER = 2;

/** Only a frame's title takes the pointer: what is in the frame, and the canvas behind it, can be reached through it. */
const THROUGH = { pointerEvents: "none" } as const;

/** The scene of a document, with all that stays from the scene before. */
export function sceneOf(workflow: Workflow, catalogue: Catalogue, looks: Looks, before: Scene): Scene {
  return {
    nodes: nodesOf(workflow, catalogue, looks, before.nodes),
    edges: edgesOf(workflow, catalogue, looks.words, before.edges),
  };
}

function nodesOf(workflow: Workflow, catalogue: Catalogue, looks: Looks, before: readonly FlowNode[]): readonly FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const positions = positionsOf(workflow);
  const next = [
    ...framesOf(workflow).map((frame) => frameNode(frame, looks, known.get(frame.id))),
    ...notesOf(workflow).map((note) => noteNode(note, looks, known.get(note.id))),
    ...Object.entries(workflow.nodes).map(([id, box]) => {
      const [x, y] = positions.get(id) ?? [0, 0];
      const node = catalogue.nodes.get(box.type);
      const old = known.get(id);
      const usual: Usual = {
        position: { x, y },
        selected: looks.selected.has(id),
        ariaLabel: looks.words.nameOf(id, box),
        data: { shape: node ? shapeOf(node, isCollapsed(workflow, id)) : null },
      };
      return old?.type === "step" ? changed(old, usual) : newStep(id, usual, looks.words);
    }),
  ];
  return sameItems(next, before) ? before : next;
}

type Usual = Pick<StepNode, "position" | "selected" | "ariaLabel" | "data">;

function changed(old: StepNode, usual: Usual): StepNode {
  const isSame = samePlace(old, usual.position) && old.selected === usual.selected && old.ariaLabel === usual.ariaLabel;
  if (isSame && old.data.shape === usual.data.shape) return old;
  return { ...old, ...usual, ...layer(usual), ...(old.data.shape === usual.data.shape ? {} : usual.data.shape) };
}

/** A node that the server does not know has no shape: React Flow draws it to find out. */
const newStep = (id: string, usual: Usual, words: Words): StepNode => ({
  id,
  type: "step",
  domAttributes: role(words.node),
  ...usual,
  ...layer(usual),
  ...usual.data.shape,
});

const role = (words: string) => ({ "aria-roledescription": words });

const layer = ({ selected }: Usual) => ({ zIndex: selected ? CHOSEN_LAYER : NODE_LAYER });

function frameNode(frame: Frame, { selected, words }: Looks, old: FlowNode | undefined): FrameNode {
  const chosen = selected.has(frame.id);
  if (old?.type === "frame" && old.data.frame === frame && old.selected === chosen && sits(old, frame)) return old;
  return {
    id: frame.id,
    type: "frame",
    data: { frame },
    ...placed(frame),
    selected: chosen,
    ariaLabel: frame.title || words.frame,
    domAttributes: role(words.frame),
    zIndex: FRAME_LAYER,
    dragHandle: ".frame-title",
    style: THROUGH,
  };
}

function noteNode(note: Note, { selected, words }: Looks, old: FlowNode | undefined): NoteNode {
  const chosen = selected.has(note.id);
  if (old?.type === "note" && old.data.note === note && old.selected === chosen && sits(old, note)) return old;
  return {
    id: note.id,
    type: "note",
    data: { note },
    ...placed(note),
    selected: chosen,
    ariaLabel: note.text || words.note,
    domAttributes: role(words.note),
    zIndex: chosen ? CHOSEN_LAYER : NODE_LAYER,
  };
}

const placed = ({ at: [x, y], size: [width, height] }: Frame | Note) => ({
  position: { x, y },
  width,
  height,
  measured: { width, height },
  handles: [],
});

const sits = (node: FlowNode, { at: [x, y] }: Frame | Note): boolean => samePlace(node, { x, y });

const samePlace = ({ position }: FlowNode, { x, y }: FlowNode["position"]): boolean => position.x === x && position.y === y;

/** Wires by the input that they lead to: an input has one at most. */
export const edgeId = (to: readonly [string, string]): string => JSON.stringify(to);

function edgesOf(workflow: Workflow, catalogue: Catalogue, words: Words, before: readonly FlowEdge[]): readonly FlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const next = wiresOf(workflow).flatMap((wire) => {
    // A file may name a node that it does not have.
    if (!Object.hasOwn(workflow.nodes, wire.from[0])) return [];
    return [edgeOf(wire, colourOf(workflow, catalogue, wire.from), words, known.get(edgeId(wire.to)))];
  });
  return sameItems(next, before) ? before : next;
}

function edgeOf(wire: Wire, colour: string, words: Words, old: FlowEdge | undefined): FlowEdge {
  const { from, to } = wire;
  if (old?.source === from[0] && old.sourceHandle === from[1] && old.data?.colour === colour) return old;
  return {
    id: edgeId(to),
    type: "wire",
    source: from[0],
    sourceHandle: from[1],
    target: to[0],
    targetHandle: to[1],
    // An output feeds many: its end of a wire stays where it is.
    reconnectable: "target",
    selected: old?.selected ?? false,
    ariaLabel: words.nameOfWire(wire),
    domAttributes: role(words.wire),
    data: { colour },
  };
}

/** Of a wire that comes from an output. */
export function colourOf(workflow: Workflow, catalogue: Catalogue, [id, port]: readonly [string, string]): string {
  const kind = nodeAt(workflow, catalogue, id)?.outputs[port]?.kind;
  return (kind !== undefined && catalogue.kinds.get(kind)?.colour) || "var(--line-strong)";
}

const sameItems = <Item>(one: readonly Item[], other: readonly Item[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

/** Where a node stands, as documents say it. */
export const pointOf = ({ position }: FlowNode): Point => [Math.round(position.x), Math.round(position.y)];
