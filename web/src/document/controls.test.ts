import { describe, expect, it } from "vitest";

import { controlsOf } from "./controls";
import { setBypass, setControl, setSetting } from "./edits";
import { CATALOGUE } from "./testing/catalogue";
import type { Workflow } from "./workflow";

const workflow: Workflow = {
  version: 1,
  nodes: { denoise: { type: "noise/denoise" }, added: { type: "somebody/else" } },
  controls: { Strength: [["denoise", "strength"]], "Remove noise": [["denoise", "bypass"]] },
};

const values = (of: Workflow): Readonly<Record<string, unknown>> =>
  Object.fromEntries(controlsOf(of, CATALOGUE).map(({ name, value }) => [name, value]));

describe("plain controls", () => {
  it("come in the workflow's order, with the setting's own widget and default", () => {
    const found = controlsOf(workflow, CATALOGUE);
    expect(found.map(({ name, isSwitch, setting }) => [name, isSwitch, setting.widget])).toEqual([
      ["Strength", false, "slider"],
      ["Remove noise", true, "toggle"],
    ]);
    expect(values(workflow)).toEqual({ Strength: 0.5, "Remove noise": true });
  });

  it("show what was chosen; a step's bypass the other way round", () => {
    const changed = setBypass(setSetting(workflow, "denoise", "strength", 0, 0.5), ["denoise"], true);
    expect(values(changed)).toEqual({ Strength: 0, "Remove noise": false });
  });

  it("leave out what the server does not know", () => {
    let odd = setControl(workflow, "Other", [["added", "strength"]]);
    odd = setControl(setControl(odd, "Nobody", [["nobody", "strength"]]), "Loudness", [["denoise", "loudness"]]);
    expect(Object.keys(values(odd))).toEqual(["Strength", "Remove noise"]);
    expect(controlsOf({ version: 1, nodes: {} }, CATALOGUE)).toEqual([]);
  });
});
