import { textNow } from "../text/language";
import type { Problem } from "../ui/Problems";
import type { Box, Frame, Note, Place, Workflow } from "./workflow";

export type Read = { readonly workflow: Workflow } | { readonly problems: readonly Problem[] };

/** A workflow file's text. What it says of nodes and settings is the server's to check: here only its shape counts. */
export function readWorkflow(text: string): Read {
  let found: unknown;
  try {
    found = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return wrong("json");
  }
  return workflowIn(found);
}

/** The text of a workflow's file. */
export const writeWorkflow = (workflow: Workflow): string => `${JSON.stringify(workflow, null, 1)}\n`;

/** A workflow in data that came from elsewhere. */
export function workflowIn(found: unknown): Read {
  if (!isObject(found)) return wrong("noWorkflow");
  if (isComfy(found)) return wrong("comfy");
  if (typeof found["version"] === "number" && found["version"] > 1) return wrong("newer");
  if (found["version"] !== 1 || !isObject(found["nodes"])) return wrong("noWorkflow");
  const bad = Object.entries(found["nodes"]).find(([, box]) => !isBox(box));
  if (bad) return wrong("node", bad[0]);
  const damaged = PARTS.find(([name, right]) => found[name] !== undefined && !right(found[name]));
  if (damaged) return wrong("part", damaged[0]);
  return { workflow: withoutNull(found) as unknown as Workflow };
}

function wrong(why: "json" | "noWorkflow" | "comfy" | "newer" | "node" | "part", what = ""): Read {
  const { message, remedy } = textNow().graph.reading[why];
  return { problems: [{ message: message(what), remedy }] };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";

const isPlace = (value: unknown): value is Place => Array.isArray(value) && value.length === 2 && value.every(isText);

/** Workflows of ComfyUI, as it saves them and as its API takes them. */
const isComfy = (found: Json): boolean =>
  "last_node_id" in found || Object.values(found).some((each) => isObject(each) && "class_type" in each);

const isBox = (value: unknown): value is Box =>
  isObject(value) &&
  isText(value["type"]) &&
  (value["inputs"] === undefined || (isObject(value["inputs"]) && Object.values(value["inputs"]).every(isPlace))) &&
  (value["settings"] === undefined || isObject(value["settings"])) &&
  (value["bypass"] === undefined || typeof value["bypass"] === "boolean") &&
  (value["without"] === undefined || value["without"] === "bypass" || isObject(value["without"]));

const isPoint = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part));

const isPart = (value: unknown): value is Frame & Note =>
  isObject(value) && isText(value["id"]) && isPoint(value["at"]) && isPoint(value["size"]);

const isFrames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => isPart(each) && isText(each.title) && isText(each.colour));

const isNotes = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => isPart(each) && isText(each.text));

const isLayout = (value: unknown): boolean =>
  isObject(value) &&
  (value["#frames"] === undefined || isFrames(value["#frames"])) &&
  (value["#notes"] === undefined || isNotes(value["#notes"]));

const isControls = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((places) => Array.isArray(places) && places.every(isPlace));

/** The parts of a workflow that may be missing, and how they are right. */
const PARTS: readonly (readonly [name: string, right: (value: unknown) => boolean])[] = [
  ["title", isText],
  ["about", isText],
  ["input", (value) => value === null || isPlace(value)],
  ["result", (value) => value === null || isPlace(value)],
  ["each", (value) => value === null || isPlace(value)],
  ["controls", isControls],
  ["layout", isLayout],
];

/** What a file says is null is not there. */
const withoutNull = (found: Json): Json => Object.fromEntries(Object.entries(found).filter(([, part]) => part !== null));
