import { expect, test } from "vitest";

import { CATALOGUE } from "../../document/testing/catalogue";
import type { Workflow } from "../../document/workflow";
import { inserted } from "./inserting";

const WORKFLOW: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    find: { type: "masks/find", inputs: { image: ["photo", "image"] } },
    denoise: { type: "noise/denoise" },
    faces: { type: "faces/find" },
  },
};

const WIRE = { from: ["photo", "image"], to: ["find", "image"] } as const;

test("a node goes between the ends of a wire", () => {
  const { nodes } = inserted(WORKFLOW, CATALOGUE, "denoise", WIRE) ?? WORKFLOW;
  expect(nodes["denoise"]?.inputs).toEqual({ image: ["photo", "image"] });
  expect(nodes["find"]?.inputs).toEqual({ image: ["denoise", "image"] });
});

test("a node that takes what the wire brings, and does not give it, stays beside it", () => {
  expect(inserted(WORKFLOW, CATALOGUE, "faces", WIRE)).toBeNull();
});
