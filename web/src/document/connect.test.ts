import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { fit, fittingNodes, fittingSources, inputFor, kindFits, outputFor } from "./connect";
import { connect } from "./edits";
import { CATALOGUE } from "./testing/catalogue";
import { placeIn, workflows } from "./testing/workflows";
import { inOrder } from "./wiring";
import type { Workflow } from "./workflow";

const workflow: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] } },
    mask: { type: "masks/find", inputs: { image: ["denoise", "image"] } },
    faces: { type: "faces/find" },
    added: { type: "somebody/else" },
  },
};

describe("a wire", () => {
  it("fits where the kinds are the same, or one turns into the other", () => {
    expect(fit(workflow, CATALOGUE, ["photo", "image"], ["faces", "image"])).toEqual({ ok: true });
    expect(fit(workflow, CATALOGUE, ["mask", "mask"], ["faces", "image"])).toEqual({ ok: true });
    expect(kindFits(CATALOGUE, "image", "mask")).toBe(false);
  });

  it("says why it does not fit", () => {
    const reason = (from: readonly [string, string], to: readonly [string, string]) => {
      const found = fit(workflow, CATALOGUE, from, to);
      return found.ok ? null : found.reason;
    };
    expect(reason(["faces", "faces"], ["mask", "image"])).toEqual({ why: "kind", has: "faces", wants: "image" });
    expect(reason(["mask", "mask"], ["denoise", "image"])).toEqual({ why: "loop" });
    expect(reason(["denoise", "image"], ["denoise", "image"])).toEqual({ why: "self" });
    expect(reason(["added", "image"], ["denoise", "image"])).toEqual({ why: "unknown" });
    expect(reason(["photo", "image"], ["nobody", "image"])).toEqual({ why: "unknown" });
    expect(reason(["photo", "sound"], ["denoise", "image"])).toEqual({ why: "unknown" });
  });

  test("that fits leaves no circle and is there afterwards", () =>
    fc.assert(
      fc.property(
        workflows.chain((made) => fc.tuple(fc.constant(made), placeIn(made, "outputs"), placeIn(made, "inputs"))),
        ([made, from, to]) => {
          if (!fit(made, CATALOGUE, from, to).ok) return;
          const next = connect(made, from, to);
          const order = inOrder(next);
          expect(order.indexOf(from[0])).toBeLessThan(order.indexOf(to[0]));
          expect(next.nodes[to[0]]?.inputs?.[to[1]]).toEqual(from);
        },
      ),
    ));
});

describe("the outputs that may feed an input", () => {
  test("are those that fit", () =>
    fc.assert(
      fc.property(
        workflows.chain((made) => fc.tuple(fc.constant(made), placeIn(made, "inputs"))),
        ([made, to]) => {
          const all = Object.entries(made.nodes).flatMap(([id, { type }]) =>
            Object.keys(CATALOGUE.nodes.get(type)?.outputs ?? {}).map((port) => [id, port] as const),
          );
          expect(fittingSources(made, CATALOGUE, to)).toEqual(all.filter((from) => fit(made, CATALOGUE, from, to).ok));
        },
      ),
    ));
});

describe("a loose wire", () => {
  it("is offered the nodes that it can lead to, with the port of its very kind", () => {
    const offered = fittingNodes(CATALOGUE, { output: "mask" }).map(({ node, port }) => `${node.id}.${port}`);
    expect(offered).toEqual(["repair/fill.mask", "noise/denoise.image", "masks/find.image", "faces/find.image", "files/save.image"]);
    expect(fittingNodes(CATALOGUE, { output: "faces" })).toEqual([]);
    expect(fittingNodes(CATALOGUE, { input: "mask" }).map(({ node }) => node.id)).toEqual(["masks/find"]);
    expect(fittingNodes(CATALOGUE, { input: "image" }).map(({ node }) => node.id)).toEqual(["files/load", "noise/denoise", "repair/fill", "masks/find"]);
  });

  test("what is offered fits", () => {
    for (const kind of CATALOGUE.kinds.keys()) {
      for (const node of CATALOGUE.nodes.values()) {
        const input = inputFor(CATALOGUE, node, kind);
        const output = outputFor(CATALOGUE, node, kind);
        if (input) expect(kindFits(CATALOGUE, kind, node.inputs[input]?.kind ?? "")).toBe(true);
        if (output) expect(kindFits(CATALOGUE, node.outputs[output]?.kind ?? "", kind)).toBe(true);
      }
    }
  });
});
