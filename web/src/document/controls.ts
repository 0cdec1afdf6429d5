import type { SettingJson } from "../server/api";
import type { Catalogue } from "../server/catalogue";
import type { Place, Workflow } from "./workflow";

/** One of the plain controls that a workflow shows to people who never open the graph. */
export interface Control {
  readonly name: string;
  readonly setting: SettingJson;
  /** As the workflow has it; a step's bypass is shown the other way round: on means that the step works. */
  readonly value: unknown;
  /** Whether it switches a step on and off. */
  readonly isSwitch: boolean;
}

const SWITCH: SettingJson = { widget: "toggle", default: true, schema: { type: "boolean" }, help: "" };

/** The workflow's own controls, in its order. Those that name what the server does not know are left out. */
export const controlsOf = (workflow: Workflow, catalogue: Catalogue): readonly Control[] =>
  Object.entries(workflow.controls ?? {}).flatMap(([name, [place]]) => {
    const control = place && controlAt(workflow, catalogue, name, place);
    return control ? [control] : [];
  });

function controlAt(workflow: Workflow, catalogue: Catalogue, name: string, [id, port]: Place): Control | null {
  const box = workflow.nodes[id];
  const node = box && catalogue.nodes.get(box.type);
  if (!node) return null;
  if (port === "bypass") return { name, setting: { ...SWITCH, help: node.summary }, value: !box.bypass, isSwitch: true };
  const setting = node.settings[port];
  return setting ? { name, setting, value: box.settings?.[port] ?? setting.default, isSwitch: false } : null;
}
