import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Workflow } from "../document/workflow";
import type { NodeJson } from "../server/api";
import { catalogueOf } from "../server/catalogue";
import { filled, NONE, withChoice } from "./choices";

const DENOISE: NodeJson = {
  id: "noise/denoise",
  title: "Denoise",
  family: "noise",
  summary: "",
  help: "",
  version: 1,
  effect: false,
  volatile: false,
  inputs: { image: { kind: "image", optional: false } },
  outputs: { image: { kind: "image" } },
  settings: { strength: { widget: "slider", default: 0.5, schema: { type: "number" }, help: "" } },
};

const CATALOGUE = catalogueOf([DENOISE], []);

const WORKFLOW: Workflow = {
  version: 1,
  nodes: { one: { type: "noise/denoise" }, two: { type: "noise/denoise", bypass: true } },
  controls: { Strength: [["one", "strength"], ["two", "strength"]], "Second pass": [["two", "bypass"]] },
};

describe("filled", () => {
  it("puts a value everywhere its control names", () => {
    const { nodes } = filled(WORKFLOW, CATALOGUE, { Strength: 0.8 });
    expect(nodes["one"]?.settings).toEqual({ strength: 0.8 });
    expect(nodes["two"]?.settings).toEqual({ strength: 0.8 });
  });

  it("lets a step work when its switch is on", () => {
    expect(filled(WORKFLOW, CATALOGUE, { "Second pass": true }).nodes["two"]?.bypass ?? false).toBe(false);
    expect(filled(WORKFLOW, CATALOGUE, { "Second pass": false }).nodes["two"]?.bypass).toBe(true);
  });

  it("leaves the workflow as it is without values, and for names that it does not have", () => {
    expect(filled(WORKFLOW, CATALOGUE, NONE)).toEqual(WORKFLOW);
    expect(filled(WORKFLOW, CATALOGUE, { Gone: 1 })).toEqual(WORKFLOW);
  });
});

describe("withChoice", () => {
  it("forgets what is chosen as the recipe has it", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (name, own) => {
        const values = withChoice(NONE, name, own, own);
        expect(values).toEqual(NONE);
      }),
    );
  });

  it("keeps the latest choice of each control", () => {
    const once = withChoice(NONE, "Strength", 0.8, 0.5);
    expect(withChoice(once, "Strength", 0.9, 0.5)).toEqual({ Strength: 0.9 });
    expect(withChoice(once, "Strength", 0.5, 0.5)).toEqual(NONE);
  });
});
