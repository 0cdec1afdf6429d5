import { describe, expect, it } from "vitest";

import { CATALOGUE } from "../../../document/testing/catalogue";
import type { Workflow } from "../../../document/workflow";
import { remedyFor } from "./remedies";

const workflow: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    faces: { type: "faces/find", inputs: { image: ["photo", "image"] } },
    denoise: { type: "noise/denoise", inputs: { image: ["faces", "faces"] }, settings: { strength: "much" } },
    fill: { type: "repair/fill", inputs: { image: ["gone", "image"] } },
    off: { type: "masks/find", inputs: { image: ["photo", "image"] }, bypass: true },
    hole: { type: "repair/fill", inputs: { image: ["photo", "image"], mask: ["off", "mask"] } },
    odd: { type: "somebody/else" },
  },
  input: ["photo", "size"],
  controls: { Gone: [["nobody", "strength"]] },
};

const remedy = (node: string, port: string | null = null) => remedyFor({ message: "", node, port }, workflow, CATALOGUE);

function after(node: string, port: string | null = null): Workflow {
  const found = remedy(node, port);
  if (!found || !("change" in found)) throw new Error("There is nothing to change.");
  return found.change(workflow);
}

describe("a problem", () => {
  it("of a wire that does not fit, or comes from nowhere, is mended by taking it away", () => {
    expect(remedy("denoise", "image")?.what).toBe("removeWire");
    expect(after("denoise", "image").nodes["denoise"]).not.toHaveProperty("inputs");
    expect(remedy("fill", "image")?.what).toBe("removeWire");
  });

  it("of a bypassed source is mended by switching that on", () => {
    expect(remedy("hole", "mask")?.what).toBe("switchOn");
    expect(after("hole", "mask").nodes["off"]).not.toHaveProperty("bypass");
  });

  it("of an input that nothing feeds is mended by the likeliest source, or asks for a node", () => {
    expect(remedy("fill", "mask")).toMatchObject({ what: "connect", from: ["off", "mask"] });
    expect(after("fill", "mask").nodes["fill"]?.inputs?.["mask"]).toEqual(["off", "mask"]);
    const alone: Workflow = { version: 1, nodes: { fill: { type: "repair/fill" } } };
    expect(remedyFor({ message: "", node: "fill", port: "mask" }, alone, CATALOGUE)).toEqual({ what: "addNode", to: ["fill", "mask"] });
  });

  it("of a wrong value is mended by the default", () => {
    expect(after("denoise", "strength").nodes["denoise"]).not.toHaveProperty("settings");
  });

  it("of a missing photo leads to its node", () => {
    expect(remedy("photo", "photo")).toEqual({ what: "addPhoto", node: "photo" });
  });

  it("of a node that nobody knows is mended by removing it", () => {
    expect(after("odd").nodes).not.toHaveProperty("odd");
  });

  it("of what the workflow says of itself is mended by saying nothing", () => {
    expect(after("input")).not.toHaveProperty("input");
    expect(after("controls", "Gone")).not.toHaveProperty("controls");
    expect(remedy("result")?.what).toBe("reset");
  });

  it("that only a person can judge is left alone", () => {
    expect([remedy("denoise"), remedy("photo", "page"), remedy("elsewhere")]).toEqual([null, null, null]);
  });
});
