import { omit, without } from "./record";
import type { Place, Workflow } from "./workflow";

/** What a workflow says of itself: its name, where the photo comes in, what comes out, which controls are plain. */

export const setTitle = (workflow: Workflow, title: string): Workflow => ({ ...workflow, title });

export const setAbout = (workflow: Workflow, about: string): Workflow =>
  about ? { ...workflow, about } : omit(workflow, "about");

/** Which setting a photo fills. */
export const setInput = (workflow: Workflow, place: Place | null): Workflow =>
  place ? { ...workflow, input: place } : omit(workflow, "input");

/** Which output is the result. */
export const setResult = (workflow: Workflow, place: Place | null): Workflow =>
  place ? { ...workflow, result: place } : omit(workflow, "result");

/** Make settings one of the plain controls under a name, or take that control away. */
export function setControl(workflow: Workflow, name: string, places: readonly Place[] | null): Workflow {
  const controls = workflow.controls ?? {};
  const next = places?.length ? { ...controls, [name]: places } : without(controls, new Set([name]));
  return Object.keys(next).length ? { ...workflow, controls: next } : omit(workflow, "controls");
}

/** The name of the plain control that a setting is. */
export const controlNameOf = (workflow: Workflow, [id, port]: Place): string | undefined =>
  Object.entries(workflow.controls ?? {}).find(([, places]) =>
    places.some((place) => place[0] === id && place[1] === port),
  )?.[0];

/** Call a plain control something else; it keeps its place among the others. */
export function renameControl(workflow: Workflow, name: string, to: string): Workflow {
  const controls = workflow.controls ?? {};
  if (name === to || !to.trim() || !Object.hasOwn(controls, name) || Object.hasOwn(controls, to)) return workflow;
  const renamed = Object.entries(controls).map(([each, places]) => [each === name ? to : each, places] as const);
  return { ...workflow, controls: Object.fromEntries(renamed) };
}
