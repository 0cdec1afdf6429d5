import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import {
  addFrame,
  addNode,
  addNote,
  changeFrame,
  changeNote,
  connect,
  controlNameOf,
  disconnect,
  framesOf,
  insideOf,
  isCollapsed,
  moveNodes,
  nameProblem,
  notesOf,
  positionsOf,
  removeAll,
  removeNodes,
  rename,
  renameControl,
  setAbout,
  setBypass,
  setCollapsed,
  setControl,
  setInput,
  setResult,
  setSetting,
  setTitle,
} from "./edits";
import { CATALOGUE } from "./testing/catalogue";
import { placeIn, point, someOf, workflows } from "./testing/workflows";
import { inOrder, makesLoop, wiresOf } from "./wiring";
import { EMPTY, type Place, type Workflow } from "./workflow";

const chain: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] } },
    mask: { type: "masks/find", inputs: { image: ["denoise", "image"] } },
    fill: { type: "repair/fill", inputs: { image: ["denoise", "image"], mask: ["mask", "mask"] } },
  },
  input: ["photo", "photo"],
  result: ["fill", "image"],
  each: ["mask", "which"],
  controls: { Strength: [["denoise", "strength"]] },
};

const hasDangling = (workflow: Workflow): boolean => {
  const named = [
    ...wiresOf(workflow).map(({ from }) => from),
    ...(workflow.input ? [workflow.input] : []),
    ...(workflow.result ? [workflow.result] : []),
    ...(workflow.each ? [workflow.each] : []),
    ...Object.values(workflow.controls ?? {}).flat(),
  ];
  return named.some(([id]) => !Object.hasOwn(workflow.nodes, id));
};

const hasLoop = (workflow: Workflow): boolean =>
  wiresOf(workflow).some(({ from, to }) => from[0] === to[0] || makesLoop(workflow, from[0], to[0]));

describe("nodes", () => {
  it("are named after their type, each by a name of its own", () => {
    const first = addNode(EMPTY, "noise/denoise", [0, 0]);
    const second = addNode(first.workflow, "noise/denoise", [0, 0]);
    const third = addNode(second.workflow, "noise/denoise", [0, 0], "denoise 2");
    expect([first.id, second.id, third.id]).toEqual(["denoise", "denoise 2", "denoise 3"]);
    expect(Object.keys(third.workflow.nodes)).toEqual(["denoise", "denoise 2", "denoise 3"]);
  });

  test("a new one changes no other, and stands where it was put", () =>
    fc.assert(
      fc.property(workflows, point, fc.string(), (workflow, at, name) => {
        const { workflow: next, id } = addNode(workflow, "noise/denoise", at, name);
        expect(id.startsWith("#")).toBe(false);
        expect(positionsOf(next).get(id)).toEqual(at);
        expect(removeNodes(next, [id]).nodes).toEqual(workflow.nodes);
      }),
    ));

  test("what is removed is named nowhere any more", () =>
    fc.assert(
      fc.property(
        workflows.chain((workflow) => fc.tuple(fc.constant(workflow), someOf(workflow))),
        fc.boolean(),
        ([workflow, ids], reconnect) => {
          const left = removeNodes(workflow, ids, reconnect ? CATALOGUE : undefined);
          expect(Object.keys(left.nodes)).toEqual(Object.keys(workflow.nodes).filter((id) => !ids.includes(id)));
          expect(hasDangling(left)).toBe(false);
          expect(hasLoop(left)).toBe(false);
          expect(ids.some((id) => Object.hasOwn(left.layout ?? {}, id))).toBe(false);
        },
      ),
    ));

  it("let what fed them feed what they fed, where it fits", () => {
    expect(removeNodes(chain, ["denoise"], CATALOGUE).nodes["fill"]?.inputs).toEqual({
      image: ["photo", "image"],
      mask: ["mask", "mask"],
    });
    expect(removeNodes(chain, ["denoise", "mask"], CATALOGUE).nodes["fill"]?.inputs).toEqual({ image: ["photo", "image"] });
    expect(removeNodes(chain, ["fill"], CATALOGUE).result).toEqual(["denoise", "image"]);
    expect(removeNodes(chain, ["denoise"]).nodes["fill"]?.inputs).toEqual({ mask: ["mask", "mask"] });
    expect(removeNodes(chain, ["denoise"]).controls).toEqual({});
    expect(removeNodes(chain, ["denoise"]).each).toEqual(["mask", "which"]);
    expect(removeNodes(chain, ["mask"]).each).toBeUndefined();
  });

  it("are the same workflow where nothing changes", () => {
    expect(removeNodes(chain, ["nobody"])).toBe(chain);
    expect(setBypass(chain, ["photo", "nobody", "toString"], false)).toBe(chain);
    expect(setSetting(chain, "denoise", "strength", 0.5, 0.5)).toBe(chain);
    expect(rename(chain, "photo", "fill")).toBe(chain);
    expect(setCollapsed(chain, ["photo"], false)).toBe(chain);
  });

  it("say only the settings that somebody chose", () => {
    const set = setSetting(chain, "denoise", "strength", 0.7, 0.5);
    expect(set.nodes["denoise"]?.settings).toEqual({ strength: 0.7 });
    expect(setSetting(set, "denoise", "strength", 0.5, 0.5)).toEqual(chain);
    expect(setSetting(chain, "denoise", "curve", [[0, 0]], [[0, 0]])).toBe(chain);
  });

  it("are bypassed and switched on again", () => {
    const off = setBypass(chain, ["denoise", "fill"], true);
    expect([off.nodes["denoise"]?.bypass, off.nodes["fill"]?.bypass, off.nodes["photo"]?.bypass]).toEqual([true, true, undefined]);
    expect(setBypass(off, ["denoise", "fill"], false)).toEqual(chain);
  });

  test("another name and back is the same workflow", () =>
    fc.assert(
      fc.property(
        workflows.filter(({ nodes }) => Object.keys(nodes).length > 0),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 12 }),
        (workflow, index, to) => {
          const ids = Object.keys(workflow.nodes);
          const id = ids[index % ids.length] ?? "";
          fc.pre(nameProblem(workflow, id, to) === null && !/^\d+$/.test(to) && !/^\d+$/.test(id));
          const renamed = rename(workflow, id, to);
          expect(hasDangling(renamed)).toBe(false);
          expect(Object.keys(renamed.nodes)).toEqual(ids.map((each) => (each === id ? to : each)));
          expect(rename(renamed, to, id)).toEqual(workflow);
        },
      ),
    ));

  it("say why they cannot have a name", () => {
    const problems = ["", "  ", "#frame", "photo", "x".repeat(201), "denoise", "better"];
    expect(problems.map((to) => nameProblem(chain, "denoise", to))).toEqual(["empty", "empty", "hash", "taken", "long", null, null]);
  });
});

describe("wires", () => {
  test("never run in a circle, whatever is connected", () =>
    fc.assert(
      fc.property(
        workflows.chain((workflow) => fc.tuple(fc.constant(workflow), fc.array(fc.tuple(placeIn(workflow, "outputs"), placeIn(workflow, "inputs"))))),
        ([workflow, wires]) => {
          const next = wires.reduce((made, [from, to]) => connect(made, from, to), workflow);
          expect(hasLoop(next)).toBe(false);
          expect(hasDangling(next)).toBe(false);
        },
      ),
    ));

  it("replace what was wired before, and go", () => {
    const to: Place = ["fill", "image"];
    const next = connect(chain, ["photo", "image"], to);
    expect(next.nodes["fill"]?.inputs?.["image"]).toEqual(["photo", "image"]);
    expect(connect(next, ["photo", "image"], to)).toBe(next);
    expect(disconnect(disconnect(next, to), ["fill", "mask"]).nodes["fill"]).toEqual({ type: "repair/fill" });
    expect(disconnect(chain, ["photo", "image"])).toBe(chain);
  });

  test("nodes in order come after those that feed them", () =>
    fc.assert(
      fc.property(workflows, (workflow) => {
        const order = inOrder(workflow);
        expect([...order].sort()).toEqual(Object.keys(workflow.nodes).sort());
        for (const { from, to } of wiresOf(workflow)) expect(order.indexOf(from[0])).toBeLessThan(order.indexOf(to[0]));
      }),
    ));
});

describe("layout", () => {
  test("every node has a place, and no two that the page placed stand upon each other", () =>
    fc.assert(
      fc.property(workflows, (workflow) => {
        const all = positionsOf(workflow);
        expect([...all.keys()].sort()).toEqual(Object.keys(workflow.nodes).sort());
        const free = [...all].filter(([id]) => !Object.hasOwn(workflow.layout ?? {}, id)).map(([, at]) => at);
        expect(new Set(free.map(String)).size).toBe(free.length);
      }),
    ));

  test("moving and folding are kept", () =>
    fc.assert(
      fc.property(workflows, point, (workflow, at) => {
        const ids = Object.keys(workflow.nodes);
        const moved = moveNodes(setCollapsed(workflow, ids, true), new Map(ids.map((id) => [id, at])));
        expect(ids.every((id) => isCollapsed(moved, id))).toBe(true);
        const open = setCollapsed(moved, ids, false);
        expect([...positionsOf(open).values()]).toEqual(ids.map(() => at));
        expect(ids.some((id) => isCollapsed(open, id))).toBe(false);
      }),
    ));

  it("takes what cannot be read as no place at all", () => {
    const odd = { ...chain, layout: { photo: "here", denoise: [1, Number.NaN], fill: null } as unknown as NonNullable<Workflow["layout"]> };
    expect(positionsOf(odd)).toEqual(positionsOf(chain));
  });

  it("frames what is chosen, with what lies inside", () => {
    const placed = moveNodes(chain, new Map([["photo", [0, 0]], ["denoise", [400, 0]], ["mask", [4000, 0]], ["fill", [4000, 400]]]));
    const { workflow, id } = addFrame(placed, ["photo", "denoise"], "Clean");
    const frame = framesOf(workflow)[0];
    expect(frame?.title).toBe("Clean");
    expect(frame && insideOf(workflow, frame)).toEqual(["photo", "denoise"]);
    expect(framesOf(changeFrame(workflow, id, { title: "Calm" }))[0]?.title).toBe("Calm");
    const moved = moveNodes(workflow, new Map([[id, [7, 8]]]));
    expect(framesOf(moved)[0]?.at).toEqual([7, 8]);
    expect(framesOf(removeAll(workflow, [id]))).toEqual([]);
    expect(addFrame(workflow, { at: [1, 2], size: [3, 4] }, "").workflow.layout?.["#frames"]?.[1]).toMatchObject({ id: "#frame 2", at: [1, 2], size: [3, 4] });
  });

  it("keeps notes", () => {
    const { workflow, id } = addNote(chain, [5, 6], "Look here");
    expect(notesOf(changeNote(workflow, id, { text: "Done" }))[0]).toMatchObject({ id, text: "Done", at: [5, 6] });
    expect(notesOf(removeAll(workflow, [id, "photo"]))).toEqual([]);
  });
});

describe("what a workflow says of itself", () => {
  it("is set and taken away", () => {
    const told = setAbout(setTitle(setResult(setInput(EMPTY, ["photo", "photo"]), ["photo", "image"]), "Mine"), "It cleans.");
    expect(told).toMatchObject({ title: "Mine", about: "It cleans.", input: ["photo", "photo"], result: ["photo", "image"] });
    expect(setAbout(setTitle(setResult(setInput(told, null), null), ""), "")).toEqual(EMPTY);
  });

  it("names its plain controls", () => {
    const told = setControl(chain, "Holes", [["fill", "bypass"]]);
    expect(Object.keys(told.controls ?? {})).toEqual(["Strength", "Holes"]);
    expect(controlNameOf(told, ["fill", "bypass"])).toBe("Holes");
    expect(controlNameOf(told, ["fill", "image"])).toBeUndefined();
    expect(Object.keys(renameControl(told, "Strength", "Power").controls ?? {})).toEqual(["Power", "Holes"]);
    expect(renameControl(told, "Strength", "Holes")).toBe(told);
    expect(setControl(setControl(told, "Holes", null), "Strength", [])).not.toHaveProperty("controls");
  });
});
