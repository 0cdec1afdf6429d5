import { describe, expect, test } from "vitest";

import { positionsOf } from "../../document/edits";
import { CATALOGUE } from "../../document/testing/catalogue";
import type { Workflow } from "../../document/workflow";
import { sceneOf, type Words } from "./flow";
import { carried, contentsOf, moved, movesOf, newPlaces } from "./moves";

const WORDS: Words = {
  node: "node",
  frame: "frame",
  note: "note",
  wire: "wire",
  nameOf: (id) => id,
  nameOfWire: ({ from, to }) => `${from[0]} to ${to[0]}`,
};

const WORKFLOW: Workflow = {
  version: 1,
  nodes: { photo: { type: "files/load" }, denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] } } },
  layout: {
    photo: [20, 60],
    denoise: [900, 60],
    "#frames": [
      { id: "#outer", title: "", colour: "sand", at: [0, 0], size: [600, 600] },
      { id: "#inner", title: "", colour: "sage", at: [10, 10], size: [300, 300] },
    ],
    "#notes": [{ id: "#note", text: "", at: [400, 400], size: [100, 100] }],
  },
};

const { nodes } = sceneOf(WORKFLOW, CATALOGUE, { selected: new Set(), words: WORDS }, { nodes: [], edges: [] });

const at = (of: readonly (typeof nodes)[number][], id: string) => of.find((node) => node.id === id)?.position;

describe("what React Flow wants to change", () => {
  test("is sorted: places, sizes, what is chosen, and whether the gesture has ended", () => {
    const moves = movesOf([
      { type: "position", id: "photo", position: { x: 1, y: 2 }, dragging: false },
      { type: "dimensions", id: "denoise", dimensions: { width: 3, height: 4 } },
      { type: "select", id: "photo", selected: true },
    ]);
    expect([...moves.places]).toEqual([["photo", { x: 1, y: 2 }]]);
    expect([...moves.sizes]).toEqual([["denoise", { width: 3, height: 4, pulled: false }]]);
    expect([...moves.chosen]).toEqual([["photo", true]]);
    expect(moves.ended).toBe(true);
  });

  test("has not ended while a node is dragged", () => {
    expect(movesOf([{ type: "position", id: "photo", position: { x: 1, y: 2 }, dragging: true }]).ended).toBe(false);
  });

  test("moves only what it names; sockets that were guessed give way to a measured size", () => {
    const sizes = new Map([["denoise", { width: 3, height: 4, pulled: false }]]);
    const after = moved(nodes, { places: new Map([["photo", { x: 1, y: 2 }]]), sizes });
    expect(at(after, "photo")).toEqual({ x: 1, y: 2 });
    expect(after.find(({ id }) => id === "denoise")).toMatchObject({ measured: { width: 3, height: 4 }, handles: undefined });
    expect(after.find(({ id }) => id === "#note")).toBe(nodes.find(({ id }) => id === "#note"));
  });
});

describe("a frame", () => {
  test("holds what begins in it, smaller frames included", () => {
    const contents = contentsOf(WORKFLOW, ["#outer", "#inner"]);
    expect(new Set(contents.get("#outer"))).toEqual(new Set(["photo", "#note", "#inner"]));
    expect(contents.get("#inner")).toEqual(["photo"]);
  });

  test("takes along what it holds, and nothing else", () => {
    const places = carried(nodes, new Map([["#outer", { x: 100, y: -50 }]]), contentsOf(WORKFLOW, ["#outer"]));
    expect(Object.fromEntries(places)).toEqual({
      "#outer": { x: 100, y: -50 },
      "#inner": { x: 110, y: -40 },
      "#note": { x: 500, y: 350 },
      photo: { x: 120, y: 10 },
    });
  });

  test("does not move twice what is dragged with it", () => {
    const places = new Map([
      ["#outer", { x: 100, y: 0 }],
      ["photo", { x: 120, y: 60 }],
    ]);
    expect(carried(nodes, places, contentsOf(WORKFLOW, ["#outer"])).get("photo")).toEqual({ x: 120, y: 60 });
  });
});

test("only what stands elsewhere than the document says has a new place, in whole pixels", () => {
  const after = moved(nodes, { places: new Map([["photo", { x: 1.4, y: 2.6 }]]), sizes: new Map() });
  expect([...newPlaces(after, ["photo", "denoise"], positionsOf(WORKFLOW))]).toEqual([["photo", [1, 3]]]);
});
