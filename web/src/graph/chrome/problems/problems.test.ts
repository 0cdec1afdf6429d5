import { describe, expect, it } from "vitest";

import { CATALOGUE } from "../../../document/testing/catalogue";
import type { Workflow } from "../../../document/workflow";
import { photoMissing, resultMissing } from "./problems";

const workflow: Workflow = { version: 1, nodes: { photo: { type: "files/load" } }, input: ["photo", "photo"] };

describe("a photo", () => {
  it("is missing where the workflow takes one and names none", () => {
    expect(photoMissing(workflow)).toEqual(["photo", "photo"]);
    expect(photoMissing({ ...workflow, nodes: { photo: { type: "files/load", settings: { photo: "" } } } })).not.toBeNull();
  });

  it("is not missing where one is named, or none is taken", () => {
    expect(photoMissing({ ...workflow, nodes: { photo: { type: "files/load", settings: { photo: "a.jpg" } } } })).toBeNull();
    expect(photoMissing({ ...workflow, nodes: { photo: { type: "files/load", bypass: true } } })).toBeNull();
    expect(photoMissing({ ...workflow, nodes: {} })).toBeNull();
    expect(photoMissing({ version: 1, nodes: {} })).toBeNull();
  });
});

describe("a result", () => {
  it("could be what comes out last", () => {
    const nodes = { ...workflow.nodes, denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] as const } } };
    expect(resultMissing({ ...workflow, nodes }, CATALOGUE)).toEqual(["denoise", "image"]);
    expect(resultMissing({ ...workflow, nodes, result: ["photo", "image"] }, CATALOGUE)).toBeNull();
    expect(resultMissing({ version: 1, nodes: { save: { type: "files/save" } } }, CATALOGUE)).toBeNull();
  });
});
