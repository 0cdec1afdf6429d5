import type { Workflow } from "../document/workflow";
import type { Run } from "../runs/reduce";
import type { NodeJson, SettingJson } from "../server/api";
import { catalogueOf, type Catalogue } from "../server/catalogue";
import type { StepView } from "../server/messages";
import { recordOf } from "../runs/record";

/** For tests: a few nodes, a workflow of them, and runs of it. */

const kind = (name: string, accepts: readonly string[] = []) => ({ name, colour: "#336699", accepts, reads: [], writes: [] });

export const setting = (widget: string, parts: Partial<SettingJson> = {}): SettingJson => ({
  widget,
  default: null,
  schema: {},
  help: "",
  ...parts,
});

export function node(id: string, inputs: readonly string[], outputs: readonly string[], parts: Partial<NodeJson> = {}): NodeJson {
  return {
    id,
    title: id,
    family: id.split("/")[0] ?? "",
    summary: "",
    help: "",
    version: 1,
    effect: false,
    volatile: false,
    inputs: Object.fromEntries(inputs.map((name) => [name, { kind: name, optional: name !== "image" }])),
    outputs: Object.fromEntries(outputs.map((name) => [name, { kind: name }])),
    settings: {},
    ...parts,
  };
}

const SLIDER = setting("slider", { default: 0.5, schema: { type: "number", minimum: 0, maximum: 1 }, step: 0.1 });

export const CATALOGUE: Catalogue = catalogueOf(
  [
    node("files/load", [], ["image"]),
    node("tone/fade", ["image"], ["image"], { settings: { strength: SLIDER, rare: { ...SLIDER, advanced: true } } }),
    node("upscale/resize", ["image"], ["image"]),
    node("masks/find", ["image"], ["mask"]),
    node("masks/paint", ["image", "mask"], ["mask"]),
    node("files/save", ["image"], []),
  ],
  [kind("image", ["mask"]), kind("mask")],
);

export const WORKFLOW: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    fade: { type: "tone/fade", inputs: { image: ["photo", "image"] } },
    find: { type: "masks/find", inputs: { image: ["fade", "image"] } },
    paint: { type: "masks/paint", inputs: { image: ["fade", "image"], mask: ["find", "mask"] } },
  },
};

export const step = (id: string, parts: Partial<StepView> = {}): StepView => ({
  id,
  action: "run",
  why: "new",
  key: `key of ${id}`,
  state: "done",
  fraction: 1,
  seconds: 0.1,
  notes: [],
  message: "",
  remedy: "",
  by: "",
  fallback: "",
  sketch: "",
  ...parts,
});

export const run = (steps: readonly StepView[], id = "run-1"): Run => ({
  record: recordOf(id),
  steps: Object.fromEntries(steps.map((each) => [each.id, each])),
  warnings: [],
  fetching: [],
});
