import { addFrame, addNote, changeFrame, framesOf, notesOf } from "./frames";
import { isCollapsed, moveNodes, positionsOf, setCollapsed } from "./layout";
import { freeId, withSources } from "./nodes";
import { workflowIn } from "./reading";
import type { Box, Place, Point, Workflow } from "./workflow";

/** Says of a text in the clipboard that it comes from here. */
const MARK = "heirloom-nodes";

/** Where copies land, seen from what was copied. */
const BESIDE: Point = [40, 40];

/** Parts of a workflow as text, for the clipboard: nodes with their wires, frames and notes. */
export const copyText = (workflow: Workflow, ids: Iterable<string>): string =>
  JSON.stringify({ kind: MARK, workflow: partOf(workflow, new Set(ids)) });

/** Some nodes, frames and notes of a workflow. Wires from other nodes are still named. */
function partOf(workflow: Workflow, ids: ReadonlySet<string>): Workflow {
  const nodes = Object.fromEntries(Object.entries(workflow.nodes).filter(([id]) => ids.has(id)));
  const part: Workflow = {
    version: 1,
    nodes,
    layout: {
      "#frames": framesOf(workflow).filter((frame) => ids.has(frame.id)),
      "#notes": notesOf(workflow).filter((note) => ids.has(note.id)),
    },
  };
  const folded = Object.keys(nodes).filter((id) => isCollapsed(workflow, id));
  return setCollapsed(moveNodes(part, positionsOf(workflow)), folded, true);
}

/** What a text of the clipboard holds: parts that were copied, or a whole workflow file; null for anything else. */
export function copiedIn(text: string): Workflow | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const marked = found as { readonly kind?: unknown; readonly workflow?: unknown } | null;
  const read = workflowIn(marked?.kind === MARK ? marked.workflow : found);
  return "workflow" in read ? read.workflow : null;
}

export interface Pasted {
  readonly workflow: Workflow;
  /** The new ids, of nodes, frames and notes. */
  readonly ids: readonly string[];
}

interface PasteWish {
  /** Where the top left corner goes; without it, a little beside where the parts were. */
  readonly at?: Point;
  /** Whether wires stay that come from nodes which were not copied. */
  readonly outer?: boolean;
}

/** Add parts that were copied. Names that are taken get a number. */
export function paste(workflow: Workflow, copied: Workflow, { at, outer = false }: PasteWish = {}): Pasted {
  const names = newNames(workflow, copied);
  const source = ([id, port]: Place): Place | null => {
    const name = names.get(id);
    if (name !== undefined) return [name, port];
    return outer && Object.hasOwn(workflow.nodes, id) ? [id, port] : null;
  };
  const boxes = Object.entries(copied.nodes).map(
    ([id, box]): readonly [string, Box] => [names.get(id) ?? id, withSources(box, source)],
  );
  const moved = mover(copied, at);
  const spots = [...positionsOf(copied)].map(([id, spot]) => [names.get(id) ?? id, moved(spot)] as const);
  const whole = { ...workflow, nodes: { ...workflow.nodes, ...Object.fromEntries(boxes) } };
  const folded = [...names].filter(([id]) => isCollapsed(copied, id)).map(([, name]) => name);
  const pasted = { workflow: setCollapsed(moveNodes(whole, new Map(spots)), folded, true), ids: [...names.values()] };
  return withNotes(withFrames(pasted, copied, moved), copied, moved);
}

/** Copies of nodes, frames and notes beside them, fed by what feeds the first ones. */
export const duplicate = (workflow: Workflow, ids: Iterable<string>, at?: Point): Pasted =>
  paste(workflow, partOf(workflow, new Set(ids)), { outer: true, ...(at && { at }) });

function newNames(workflow: Workflow, copied: Workflow): ReadonlyMap<string, string> {
  const taken = new Set(Object.keys(workflow.nodes));
  const names = new Map<string, string>();
  for (const id of Object.keys(copied.nodes)) {
    const name = freeId(id, (each) => taken.has(each));
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function mover(copied: Workflow, at: Point | undefined): (point: Point) => Point {
  const all = [...positionsOf(copied).values(), ...[...framesOf(copied), ...notesOf(copied)].map((part) => part.at)];
  const [dx, dy] = at
    ? [at[0] - Math.min(...all.map(([x]) => x)), at[1] - Math.min(...all.map(([, y]) => y))]
    : BESIDE;
  return ([x, y]) => [x + dx, y + dy];
}

const withFrames = (pasted: Pasted, copied: Workflow, moved: (point: Point) => Point): Pasted =>
  framesOf(copied).reduce(({ workflow, ids }, { title, colour, at, size }) => {
    const added = addFrame(workflow, { at: moved(at), size }, title);
    return { workflow: changeFrame(added.workflow, added.id, { colour }), ids: [...ids, added.id] };
  }, pasted);

const withNotes = (pasted: Pasted, copied: Workflow, moved: (point: Point) => Point): Pasted =>
  notesOf(copied).reduce(({ workflow, ids }, note) => {
    const added = addNote(workflow, moved(note.at), note.text, note.size);
    return { workflow: added.workflow, ids: [...ids, added.id] };
  }, pasted);
