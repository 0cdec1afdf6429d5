import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { connect, moveNodes, setCollapsed, setSetting } from "../../document/edits";
import { CATALOGUE } from "../../document/testing/catalogue";
import { workflows } from "../../document/testing/workflows";
import { wiresOf } from "../../document/wiring";
import type { Workflow } from "../../document/workflow";
import { edgeId, sceneOf, type Scene, type Words } from "./flow";

const WORDS: Words = {
  node: "node",
  frame: "frame",
  note: "note",
  wire: "wire",
  nameOf: (id) => id,
  nameOfWire: ({ from, to }) => `${from[0]} to ${to[0]}`,
};

const EMPTY_SCENE: Scene = { nodes: [], edges: [] };

const WORKFLOW: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    find: { type: "masks/find", inputs: { image: ["photo", "image"] } },
    fill: { type: "repair/fill", inputs: { image: ["photo", "image"], mask: ["find", "mask"] } },
  },
  layout: {
    photo: [0, 0],
    find: [300, 200],
    fill: [600, 0],
    "#frames": [{ id: "#frame", title: "Damage", colour: "rose", at: [280, 160], size: [300, 400] }],
    "#notes": [{ id: "#note", text: "Look here", at: [0, 400], size: [200, 100] }],
  },
};

const draw = (workflow: Workflow, before = EMPTY_SCENE, selected: Iterable<string> = []): Scene =>
  sceneOf(workflow, CATALOGUE, { selected: new Set(selected), words: WORDS }, before);

const nodeIn = ({ nodes }: Scene, id: string) => nodes.find((node) => node.id === id);

describe("the scene of a workflow", () => {
  test("has its nodes, frames and notes where they stand", () => {
    const scene = draw(WORKFLOW);
    expect(scene.nodes.map(({ id, type }) => [id, type])).toEqual([
      ["#frame", "frame"],
      ["#note", "note"],
      ["photo", "step"],
      ["find", "step"],
      ["fill", "step"],
    ]);
    expect(nodeIn(scene, "find")?.position).toEqual({ x: 300, y: 200 });
    expect(nodeIn(scene, "#frame")).toMatchObject({ position: { x: 280, y: 160 }, width: 300, height: 400 });
  });

  test("has frames under the wires and what is selected on top", () => {
    const scene = draw(WORKFLOW, EMPTY_SCENE, ["find"]);
    const layer = (id: string) => nodeIn(scene, id)?.zIndex ?? Number.NaN;
    expect(layer("#frame")).toBeLessThan(0);
    expect(layer("fill")).toBeGreaterThan(0);
    expect(layer("find")).toBeGreaterThan(layer("fill"));
  });

  test("has wires in the colour of their kind, each by the input that it leads to", () => {
    const edge = draw(WORKFLOW).edges.find(({ id }) => id === edgeId(["fill", "mask"]));
    expect(edge).toMatchObject({ source: "find", sourceHandle: "mask", target: "fill", targetHandle: "mask" });
    expect(edge?.data?.colour).toBe("#808080");
  });

  test("leaves out wires from nodes that a file names and does not have", () => {
    const broken = { ...WORKFLOW, nodes: { fill: { type: "repair/fill", inputs: { image: ["gone", "image"] } } } } as Workflow;
    expect(draw(broken).edges).toEqual([]);
  });

  test("knows a node's size and sockets before it is drawn, unless the server does not know the node", () => {
    const strange: Workflow = { ...WORKFLOW, nodes: { ...WORKFLOW.nodes, strange: { type: "no/such" } } };
    const scene = draw(strange);
    expect(nodeIn(scene, "fill")?.handles?.map(({ id, type }) => [id, type])).toEqual([
      ["image", "target"],
      ["mask", "target"],
      ["image", "source"],
    ]);
    expect(nodeIn(scene, "fill")?.measured?.height).toBeGreaterThan(0);
    expect(nodeIn(scene, "strange")?.handles).toBeUndefined();
  });

  test("is smaller where a node is folded", () => {
    const before = draw(WORKFLOW);
    const after = draw(setCollapsed(WORKFLOW, ["fill"], true), before);
    const height = (scene: Scene) => nodeIn(scene, "fill")?.measured?.height ?? 0;
    expect(height(after)).toBeLessThan(height(before));
  });
});

describe("what has not changed stays the same object", () => {
  test("when one node moves", () => {
    const before = draw(WORKFLOW);
    const after = draw(moveNodes(WORKFLOW, new Map([["find", [1, 2]]])), before);
    expect(nodeIn(after, "find")?.position).toEqual({ x: 1, y: 2 });
    expect(nodeIn(after, "fill")).toBe(nodeIn(before, "fill"));
    expect(after.edges).toBe(before.edges);
  });

  test("when a setting changes: nothing is new", () => {
    const before = draw(WORKFLOW);
    const after = draw(setSetting(WORKFLOW, "find", "strength", 0.9, 0.5), before);
    expect(after.nodes).toBe(before.nodes);
    expect(after.edges).toBe(before.edges);
  });

  test("when a wire comes from elsewhere: only that wire is new", () => {
    const before = draw(WORKFLOW);
    const after = draw(connect(WORKFLOW, ["find", "mask"], ["fill", "image"]), before);
    expect(after.nodes).toBe(before.nodes);
    expect(after.edges.filter((edge) => !before.edges.includes(edge)).map(({ id }) => id)).toEqual([edgeId(["fill", "image"])]);
  });

  test("in any workflow that is drawn twice", () => {
    fc.assert(
      fc.property(workflows, (workflow) => {
        const once = draw(workflow);
        const twice = draw(workflow, once);
        expect(twice.nodes).toBe(once.nodes);
        expect(twice.edges).toBe(once.edges);
      }),
    );
  });
});

test("any workflow's wires are there, each between nodes that are there", () => {
  fc.assert(
    fc.property(workflows, (workflow) => {
      const { nodes, edges } = draw(workflow);
      const ids = new Set(nodes.map(({ id }) => id));
      expect(edges.length).toBe(wiresOf(workflow).length);
      expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
      expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
    }),
  );
});
