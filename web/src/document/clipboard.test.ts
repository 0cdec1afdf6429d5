import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { copiedIn, copyText, duplicate, paste } from "./clipboard";
import { framesOf, isCollapsed, notesOf, positionsOf } from "./edits";
import { point, workflows } from "./testing/workflows";
import { wiresOf } from "./wiring";
import { EMPTY, type Workflow } from "./workflow";

const everything = (workflow: Workflow): readonly string[] => [
  ...Object.keys(workflow.nodes),
  ...framesOf(workflow).map(({ id }) => id),
  ...notesOf(workflow).map(({ id }) => id),
];

/** What pasting all of a workflow into another gives. */
function pasted(into: Workflow, from: Workflow) {
  const copied = copiedIn(copyText(from, everything(from)));
  if (!copied) throw new Error("What was copied cannot be read.");
  return paste(into, copied);
}

const chain: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] }, settings: { strength: 1 } },
  },
  layout: { photo: [10, 20], denoise: { at: [400, 20], collapsed: true } },
};

describe("copies", () => {
  test("are like what was copied: in nodes, wires, settings and places", () =>
    fc.assert(
      fc.property(workflows, workflows, (into, from) => {
        const { workflow, ids } = pasted(into, from);
        const old = Object.keys(from.nodes);
        const names = new Map(old.map((id, index) => [id, ids[index] ?? ""]));
        const renamed = wiresOf(from).map(({ from: [a, b], to: [c, d] }) => [names.get(a), b, names.get(c), d].join("\n"));
        const fresh = wiresOf(workflow).filter(({ to }) => ids.includes(to[0]));
        expect(fresh.map(({ from: [a, b], to: [c, d] }) => [a, b, c, d].join("\n")).sort()).toEqual([...renamed].sort());
        for (const [id, name] of names) {
          expect({ ...workflow.nodes[name], inputs: 0 }).toEqual({ ...from.nodes[id], inputs: 0 });
          expect(isCollapsed(workflow, name)).toBe(isCollapsed(from, id));
          const [x = 0, y = 0] = positionsOf(from).get(id) ?? [];
          expect(positionsOf(workflow).get(name)).toEqual([x + 40, y + 40]);
        }
        expect(everything(workflow)).toHaveLength(everything(into).length + everything(from).length);
      }),
    ));

  test("leave what was there as it was", () =>
    fc.assert(
      fc.property(workflows, workflows, (into, from) => {
        const { workflow, ids } = pasted(into, from);
        for (const [id, box] of Object.entries(into.nodes)) expect(workflow.nodes[id]).toEqual(box);
        expect(ids.some((id) => Object.hasOwn(into.nodes, id))).toBe(false);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    ));

  test("land where somebody points", () =>
    fc.assert(
      fc.property(
        workflows.filter((workflow) => everything(workflow).length > 0),
        point,
        (from, at) => {
          const { workflow } = paste(EMPTY, from, { at });
          const all = [...positionsOf(workflow).values(), ...framesOf(workflow).map((frame) => frame.at), ...notesOf(workflow).map((note) => note.at)];
          expect([Math.min(...all.map(([x]) => x)), Math.min(...all.map(([, y]) => y))]).toEqual(at);
        },
      ),
    ));

  it("beside the first ones are fed by what feeds those", () => {
    const { workflow, ids } = duplicate(chain, ["denoise"]);
    expect(ids).toEqual(["denoise 2"]);
    expect(workflow.nodes["denoise 2"]).toEqual(chain.nodes["denoise"]);
  });

  it("in another window lose wires from nodes that were not copied", () => {
    const copied = copiedIn(copyText(chain, ["denoise"]));
    expect(copied && paste(EMPTY, copied).workflow.nodes).toEqual({ denoise: { type: "noise/denoise", settings: { strength: 1 } } });
  });

  it("are taken from a whole file, and from nothing else", () => {
    expect(copiedIn(JSON.stringify(chain))).toEqual(chain);
    expect(["", "hello", "12", "null", "{}", '{"kind": "heirloom-nodes"}', '{"version": 1, "nodes": {"a": 1}}'].map(copiedIn)).toEqual(Array(7).fill(null));
  });
});
