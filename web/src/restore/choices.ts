import type { Catalogue } from "../server/catalogue";
import { setBypass, setSetting } from "../document/edits";
import type { Place, Workflow } from "../document/workflow";

/** Values of a workflow's plain controls, by the controls' names; only those that somebody changed. */
export type Values = Readonly<Record<string, unknown>>;

export const NONE: Values = {};

/** The workflow with these values filled in, for what must be known of it before it runs. */
export function filled(workflow: Workflow, catalogue: Catalogue, values: Values): Workflow {
  return Object.entries(values).reduce((before, [name, value]) => {
    const places = workflow.controls?.[name] ?? [];
    return places.reduce((each, place) => withPlace(each, catalogue, place, value), before);
  }, workflow);
}

function withPlace(workflow: Workflow, catalogue: Catalogue, [id, port]: Place, value: unknown): Workflow {
  const box = workflow.nodes[id];
  if (!box) return workflow;
  // The control of a switch says whether the step works.
  if (port === "bypass") return setBypass(workflow, [id], value === false);
  return setSetting(workflow, id, port, value, catalogue.nodes.get(box.type)?.settings[port]?.default);
}

/** The values after one was chosen; what the recipe has itself is none. */
export function withChoice(values: Values, name: string, value: unknown, own: unknown): Values {
  const others = Object.entries(values).filter(([each]) => each !== name);
  const isOwn = JSON.stringify(value) === JSON.stringify(own);
  return Object.fromEntries(isOwn ? others : [...others, [name, value]]);
}
