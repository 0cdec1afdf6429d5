import type { Catalogue } from "../server/catalogue";
import { kindFits, kindOfInput, kindOfOutput, nodeAt } from "./connect";
import { sameJson } from "./json";
import { omit, without } from "./record";
import type { Box, Place, Point, Workflow } from "./workflow";

/** Add a node; its id is the last part of its type, made unique. */
export function addNode(
  workflow: Workflow,
  type: string,
  at: Point,
  id: string = type.split("/").at(-1) ?? type,
): { readonly workflow: Workflow; readonly id: string } {
  const free = freeId(id.replace(/^#+/, "") || "node", (each) => Object.hasOwn(workflow.nodes, each));
  return {
    id: free,
    workflow: {
      ...workflow,
      nodes: { ...workflow.nodes, [free]: { type } },
      layout: { ...workflow.layout, [free]: at },
    },
  };
}

/** The wish itself, or with the first number that nobody has: "denoise", "denoise 2". */
export function freeId(wish: string, taken: (id: string) => boolean): string {
  if (!taken(wish)) return wish;
  const stem = wish.replace(/ \d+$/, "");
  let number = 2;
  while (taken(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}

/**
 * Remove nodes, their wires, and all that names them. With a catalogue, what fed a node's first fitting input feeds
 * what the node fed.
 */
export function removeNodes(workflow: Workflow, ids: Iterable<string>, reconnect?: Catalogue): Workflow {
  const gone = new Set([...ids].filter((id) => Object.hasOwn(workflow.nodes, id)));
  if (!gone.size) return workflow;
  const heir = (place: Place, wants: string | undefined): Place | null =>
    !gone.has(place[0]) ? place : reconnect && wants !== undefined ? passedOn(workflow, reconnect, gone, place, wants) : null;
  const boxes = Object.entries(workflow.nodes)
    .filter(([id]) => !gone.has(id))
    .map(([id, box]) => {
      const wants = (port: string) => reconnect && kindOfInput(workflow, reconnect, [id, port]);
      return [id, withSources(box, (from, port) => heir(from, wants(port)))] as const;
    });
  const { input, result, each, controls, layout, ...rest } = workflow;
  const newResult = result && heir(result, reconnect && kindOfOutput(workflow, reconnect, result));
  return {
    ...rest,
    nodes: Object.fromEntries(boxes),
    ...(input && !gone.has(input[0]) && { input }),
    ...(newResult && { result: newResult }),
    ...(each && !gone.has(each[0]) && { each }),
    ...(controls && { controls: withoutPlaces(controls, gone) }),
    ...(layout && { layout: without(layout, gone) }),
  };
}

/** What comes out of a node that is taken away: the first of its inputs that fits, from a node that stays. */
function passedOn(
  workflow: Workflow,
  catalogue: Catalogue,
  gone: ReadonlySet<string>,
  [id]: Place,
  wants: string,
  seen: ReadonlySet<string> = new Set(),
): Place | null {
  const inputs = workflow.nodes[id]?.inputs ?? {};
  for (const port of Object.keys(nodeAt(workflow, catalogue, id)?.inputs ?? {})) {
    const from = inputs[port];
    const has = from && kindOfOutput(workflow, catalogue, from);
    if (!from || has === undefined || seen.has(from[0]) || !kindFits(catalogue, has, wants)) continue;
    if (!gone.has(from[0])) return from;
    const further = passedOn(workflow, catalogue, gone, from, wants, new Set([...seen, id]));
    if (further) return further;
  }
  return null;
}

/** A box with other sources; a wire whose source is null goes. */
export function withSources(box: Box, source: (from: Place, port: string) => Place | null): Box {
  if (!box.inputs) return box;
  const entries = Object.entries(box.inputs).map(([port, from]) => [port, source(from, port)] as const);
  if (entries.every(([port, from]) => from === box.inputs?.[port])) return box;
  const inputs = Object.fromEntries(entries.filter((entry): entry is readonly [string, Place] => entry[1] !== null));
  return Object.keys(inputs).length ? { ...box, inputs } : omit(box, "inputs");
}

type Controls = NonNullable<Workflow["controls"]>;

function withoutPlaces(controls: Controls, gone: ReadonlySet<string>): Controls {
  const left = Object.entries(controls).map(
    ([name, places]) => [name, places.filter(([id]) => !gone.has(id))] as const,
  );
  return Object.fromEntries(left.filter(([, places]) => places.length));
}

/** Change one node; the same workflow where it does not exist or nothing changes. */
export function changeBox(workflow: Workflow, id: string, change: (box: Box) => Box): Workflow {
  const box = Object.hasOwn(workflow.nodes, id) ? workflow.nodes[id] : undefined;
  const next = box && change(box);
  return !next || next === box ? workflow : { ...workflow, nodes: { ...workflow.nodes, [id]: next } };
}

/** Set a setting. A value equal to its default is left out, so that files say only what somebody chose. */
export const setSetting = (workflow: Workflow, id: string, name: string, value: unknown, fallback: unknown): Workflow =>
  changeBox(workflow, id, (box) => {
    const isDefault = sameJson(value, fallback);
    if (isDefault ? !Object.hasOwn(box.settings ?? {}, name) : sameJson(box.settings?.[name], value)) return box;
    const settings = box.settings ?? {};
    const next = isDefault ? without(settings, new Set([name])) : { ...settings, [name]: value };
    return Object.keys(next).length ? { ...box, settings: next } : omit(box, "settings");
  });

/** A bypassed node passes on what comes in. */
export function setBypass(workflow: Workflow, ids: Iterable<string>, on: boolean): Workflow {
  let changed = workflow;
  for (const id of ids) {
    changed = changeBox(changed, id, (box) => {
      if ((box.bypass ?? false) === on) return box;
      return on ? { ...box, bypass: true } : omit(box, "bypass");
    });
  }
  return changed;
}

/** Why a node cannot have a name; null where it can. */
export function nameProblem(workflow: Workflow, id: string, to: string): "empty" | "long" | "hash" | "taken" | null {
  if (!to.trim()) return "empty";
  if (to.length > 200) return "long";
  if (to.startsWith("#")) return "hash";
  return to !== id && Object.hasOwn(workflow.nodes, to) ? "taken" : null;
}

/** Give a node another id, everywhere. The same workflow where it cannot have it. */
export function rename(workflow: Workflow, id: string, to: string): Workflow {
  if (id === to || !Object.hasOwn(workflow.nodes, id) || nameProblem(workflow, id, to)) return workflow;
  const moved = (place: Place): Place => (place[0] === id ? [to, place[1]] : place);
  const renamed = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key === id ? to : key, value]));
  const boxes = Object.entries(workflow.nodes).map(([key, box]) => [key, withSources(box, moved)] as const);
  const { input, result, each, controls, layout } = workflow;
  return {
    ...workflow,
    nodes: renamed(Object.fromEntries(boxes)),
    ...(input && { input: moved(input) }),
    ...(result && { result: moved(result) }),
    ...(each && { each: moved(each) }),
    ...(controls && {
      controls: Object.fromEntries(Object.entries(controls).map(([name, places]) => [name, places.map(moved)])),
    }),
    ...(layout && { layout: renamed(layout) }),
  };
}
