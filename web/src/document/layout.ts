import { inOrder, parentsOf } from "./wiring";
import type { Frame, Note, Point, Spot, Workflow } from "./workflow";

/** The room that a node takes where nobody has measured it. */
export const NODE_SIZE: Point = [264, 240];

/** From one node to the next where the page places them itself. */
const STEP: Point = [340, 280];

interface Placed {
  readonly at: Point;
  readonly collapsed: boolean;
}

/** Where the file puts a node; undefined where it does not, or says what cannot be read. */
function placedAt(workflow: Workflow, id: string): Placed | undefined {
  const spot: unknown = workflow.layout?.[id];
  if (isPoint(spot)) return { at: spot, collapsed: false };
  const { at, collapsed } = (spot ?? {}) as { readonly at?: unknown; readonly collapsed?: unknown };
  return isPoint(at) ? { at, collapsed: collapsed === true } : undefined;
}

const isPoint = (spot: unknown): spot is Point =>
  Array.isArray(spot) && spot.length === 2 && spot.every((part) => Number.isFinite(part));

/** Whether a node is folded to its title. */
export const isCollapsed = (workflow: Workflow, id: string): boolean => placedAt(workflow, id)?.collapsed ?? false;

/** Where each node stands. Those that the file does not place go right of what feeds them, where there is room. */
export function positionsOf(workflow: Workflow): ReadonlyMap<string, Point> {
  const found = new Map<string, Point>();
  const taken = new Set<string>();
  const place = (id: string, at: Point) => {
    found.set(id, at);
    for (const cell of cellsOf(at)) taken.add(cell);
  };
  for (const id of Object.keys(workflow.nodes)) {
    const placed = placedAt(workflow, id);
    if (placed) place(id, placed.at);
  }
  for (const id of found.size === Object.keys(workflow.nodes).length ? [] : inOrder(workflow)) {
    if (!found.has(id)) place(id, roomFor(wishFor(workflow, id, found), taken));
  }
  return found;
}

function wishFor(workflow: Workflow, id: string, found: ReadonlyMap<string, Point>): Point {
  const parents = parentsOf(workflow, id)
    .map((parent) => found.get(parent))
    .filter((at) => at !== undefined);
  if (!parents.length) return [0, 0];
  return [Math.max(...parents.map(([x]) => x)) + STEP[0], Math.min(...parents.map(([, y]) => y))];
}

function roomFor([x, y]: Point, taken: ReadonlySet<string>): Point {
  let at: Point = [x, y];
  while (cellsOf(at).some((cell) => taken.has(cell))) at = [x, at[1] + STEP[1]];
  return at;
}

/** The cells of a coarse grid that a node touches. */
const cellsOf = ([x, y]: Point): readonly string[] =>
  [...new Set([Math.floor(x / STEP[0]), Math.ceil(x / STEP[0])])].flatMap((column) =>
    [...new Set([Math.floor(y / STEP[1]), Math.ceil(y / STEP[1])])].map((row) => `${column},${row}`),
  );

/** Fold nodes to their titles, or unfold them. */
export function setCollapsed(workflow: Workflow, ids: Iterable<string>, on: boolean): Workflow {
  const changed = [...ids].filter((id) => Object.hasOwn(workflow.nodes, id) && isCollapsed(workflow, id) !== on);
  if (!changed.length) return workflow;
  const positions = positionsOf(workflow);
  const spots = changed.map((id): readonly [string, Spot] => {
    const at = positions.get(id) ?? [0, 0];
    return [id, on ? { at, collapsed: true } : at];
  });
  return { ...workflow, layout: { ...workflow.layout, ...Object.fromEntries(spots) } };
}

/** Move nodes, frames and notes, all by their ids. */
export function moveNodes(workflow: Workflow, positions: ReadonlyMap<string, Point>): Workflow {
  if (!positions.size) return workflow;
  const spots = [...positions]
    .filter(([id]) => Object.hasOwn(workflow.nodes, id))
    .map(([id, at]): readonly [string, Spot] => [id, isCollapsed(workflow, id) ? { at, collapsed: true } : at]);
  const moved = <Part extends Frame | Note>(parts: readonly Part[] | undefined) =>
    parts?.map((part) => ({ ...part, at: positions.get(part.id) ?? part.at }));
  const frames = moved(workflow.layout?.["#frames"]);
  const notes = moved(workflow.layout?.["#notes"]);
  const layout = { ...workflow.layout, ...Object.fromEntries(spots) };
  return { ...workflow, layout: { ...layout, ...(frames && { "#frames": frames }), ...(notes && { "#notes": notes }) } };
}
