import type { EdgeChange, NodeChange } from "@xyflow/react";
import { create } from "zustand";

import { duplicate } from "../../document/clipboard";
import { moveNodes, positionsOf } from "../../document/edits";
import type { Point } from "../../document/workflow";
import { useCatalogue, type Catalogue } from "../../server/catalogue";
import { servedNow, textNow, useLanguage } from "../../text/language";
import { useEditor } from "../editor";
import { sceneOf, type FlowEdge, type FlowNode, type Scene, type Words } from "./flow";
import { carried, contentsOf, moved, movesOf, newPlaces } from "./moves";

interface Flow extends Scene {
  /** What is dragged stays, and a copy of it is put down. */
  readonly copying: boolean;
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void;
}

/**
 * What the canvas draws. Drags stay here until they end; only then does the document change. Everything else follows
 * the document.
 */
export const useFlow = create<Flow>((set, get) => ({
  nodes: [],
  edges: [],
  copying: false,
  onNodesChange: (changes) => {
    const moves = movesOf(changes);
    const frames = [...moves.places.keys()].filter((id) => id.startsWith("#"));
    const inside = contentsOf(useEditor.getState().workflow, frames);
    const places = carried(get().nodes, moves.places, inside);
    if (places.size || moves.sizes.size) set({ nodes: moved(get().nodes, { places, sizes: moves.sizes }) });
    if (moves.ended) put(get().nodes, get().copying);
    if (moves.chosen.size) choose(moves.chosen);
  },
  onEdgesChange: (changes) => {
    const chosen = new Map(changes.flatMap((change) => (change.type === "select" ? [[change.id, change.selected]] : [])));
    if (chosen.size) {
      set(({ edges }) => ({ edges: edges.map((edge) => withChoice(edge, chosen.get(edge.id))) }));
    }
  },
}));

const withChoice = (edge: FlowEdge, selected: boolean | undefined): FlowEdge =>
  selected === undefined || selected === edge.selected ? edge : { ...edge, selected };

/** What stands elsewhere than the document says was moved: by a drag, or by arrow keys. */
function put(nodes: readonly FlowNode[], asCopy: boolean): void {
  const { edit, select, workflow } = useEditor.getState();
  const parts = [...(workflow.layout?.["#frames"] ?? []), ...(workflow.layout?.["#notes"] ?? [])];
  const known = new Map([...positionsOf(workflow), ...parts.map((part) => [part.id, part.at] as const)]);
  const places = newPlaces(nodes, nodes.map(({ id }) => id), known);
  if (!places.size) return;
  if (!asCopy) {
    edit((before) => moveNodes(before, places), "move");
    return;
  }
  const copies = duplicate(workflow, places.keys(), cornerOf([...places.values()]));
  edit(() => copies.workflow);
  select(copies.ids);
}

const cornerOf = (points: readonly Point[]): Point => [
  Math.min(...points.map(([x]) => x)),
  Math.min(...points.map(([, y]) => y)),
];

function choose(chosen: ReadonlyMap<string, boolean>): void {
  const { selected, select } = useEditor.getState();
  const next = new Set(selected);
  for (const [id, on] of chosen) {
    if (on) next.add(id);
    else next.delete(id);
  }
  select(next);
}

/** The document's scene, drawn anew where it has changed. */
function follow(): void {
  const { catalogue } = useCatalogue.getState();
  if (!catalogue) return;
  const { workflow, selected } = useEditor.getState();
  const before = useFlow.getState();
  const { nodes, edges } = sceneOf(workflow, catalogue, { selected, words: wordsNow(catalogue) }, before);
  if (nodes !== before.nodes || edges !== before.edges) useFlow.setState({ nodes, edges });
}

function wordsNow(catalogue: Catalogue): Words {
  const { canvas } = textNow().graph;
  const served = servedNow();
  return {
    ...canvas.roles,
    nameOf: (id, { type }) => `${served(catalogue.nodes.get(type)?.title ?? type)}, ${id}`,
    nameOfWire: ({ from, to }) => canvas.wire(from.join(" · "), to.join(" · ")),
  };
}

const begin = (): void => useFlow.setState({ nodes: [], edges: [] });

useEditor.subscribe((now, before) => {
  if (now.opened !== before.opened) begin();
  if (now.opened !== before.opened || now.workflow !== before.workflow || now.selected !== before.selected) follow();
});
useCatalogue.subscribe(follow);
useLanguage.subscribe(() => {
  begin();
  follow();
});
follow();
