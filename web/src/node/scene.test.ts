import { describe, expect, it } from "vitest";

import type { Workflow } from "../document/workflow";
import { CATALOGUE, WORKFLOW } from "./examples";
import { sourcesOf } from "./scene";

const changed = (id: string, parts: Partial<Workflow["nodes"][string]>): Workflow => ({
  ...WORKFLOW,
  nodes: { ...WORKFLOW.nodes, [id]: { type: "", ...WORKFLOW.nodes[id], ...parts } },
});

describe("sourcesOf", () => {
  it("finds what feeds a node, and the photo behind it", () => {
    expect(sourcesOf(WORKFLOW, CATALOGUE, "paint")).toEqual({
      image: ["fade", "image"],
      mask: ["find", "mask"],
      faces: null,
      output: ["paint", "mask"],
      photo: ["photo", "image"],
    });
  });

  it("sees past bypassed nodes", () => {
    expect(sourcesOf(changed("fade", { bypass: true }), CATALOGUE, "paint").image).toEqual(["photo", "image"]);
    expect(sourcesOf(changed("find", { bypass: true }), CATALOGUE, "paint").mask).toBeNull();
  });

  it("counts on no photo once its size was changed: places on the one are none on the other", () => {
    const { image, photo } = sourcesOf(changed("fade", { type: "upscale/resize" }), CATALOGUE, "paint");
    expect([image, photo]).toEqual([["fade", "image"], null]);
  });

  it("ends in a file that holds a circle", () => {
    const round = changed("fade", { inputs: { image: ["fade", "image"] }, bypass: true });
    expect(sourcesOf(round, CATALOGUE, "paint")).toMatchObject({ image: null, photo: null });
    expect(sourcesOf(changed("fade", { inputs: { image: ["fade", "image"] } }), CATALOGUE, "paint").photo).toBeNull();
  });

  it("knows nothing of nodes that are not there", () => {
    expect(sourcesOf(WORKFLOW, CATALOGUE, "gone")).toEqual({ image: null, mask: null, faces: null, output: null, photo: null });
  });
});
