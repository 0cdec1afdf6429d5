import { NODE_SIZE, positionsOf } from "./layout";
import { freeId } from "./nodes";
import type { Frame, Layout, Note, Point, Workflow } from "./workflow";

/** A place and its size. */
export interface Rect {
  readonly at: Point;
  readonly size: Point;
}

/** The colours that frames can have: names of the theme's palette. */
export const FRAME_COLOURS = ["sand", "sage", "sky", "rose", "lilac"] as const;

const MARGIN = 24;
const TITLE = 40;
const NOTE_SIZE: Point = [240, 140];

export const framesOf = (workflow: Workflow): readonly Frame[] => workflow.layout?.["#frames"] ?? [];

export const notesOf = (workflow: Workflow): readonly Note[] => workflow.layout?.["#notes"] ?? [];

export interface Added {
  readonly workflow: Workflow;
  readonly id: string;
}

/** Put a frame around nodes, or where a rectangle says. Sizes that somebody has measured make it fit. */
export function addFrame(
  workflow: Workflow,
  around: Iterable<string> | Rect,
  title: string,
  sizes: ReadonlyMap<string, Point> = new Map(),
): Added {
  const frames = framesOf(workflow);
  const id = freeId("#frame", (each) => frames.some((frame) => frame.id === each));
  const rect = Symbol.iterator in around ? rectAround(workflow, around, sizes) : around;
  const colour = FRAME_COLOURS[frames.length % FRAME_COLOURS.length] ?? "sand";
  return { id, workflow: withFrames(workflow, [...frames, { id, title, colour, ...rect }]) };
}

function rectAround(workflow: Workflow, ids: Iterable<string>, sizes: ReadonlyMap<string, Point>): Rect {
  const positions = positionsOf(workflow);
  const boxes = [...ids].flatMap((id) => {
    const at = positions.get(id);
    const [width, height] = sizes.get(id) ?? NODE_SIZE;
    return at ? [{ left: at[0], top: at[1], right: at[0] + width, bottom: at[1] + height }] : [];
  });
  if (!boxes.length) return { at: [0, 0], size: [2 * NODE_SIZE[0], 2 * NODE_SIZE[1]] };
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN - TITLE;
  const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
  return { at: [left, top], size: [right - left, bottom - top] };
}

/** Which nodes and notes lie in a frame: those whose top left corner does. */
export function insideOf(workflow: Workflow, { at: [left, top], size: [width, height] }: Rect): readonly string[] {
  const inside = ([x, y]: Point) => x >= left && x < left + width && y >= top && y < top + height;
  const nodes = [...positionsOf(workflow)].filter(([, at]) => inside(at)).map(([id]) => id);
  return [...nodes, ...notesOf(workflow).filter((note) => inside(note.at)).map((note) => note.id)];
}

export const changeFrame = (workflow: Workflow, id: string, change: Partial<Omit<Frame, "id">>): Workflow =>
  withFrames(
    workflow,
    framesOf(workflow).map((frame) => (frame.id === id ? { ...frame, ...change } : frame)),
  );

/** Take a frame away; what lies in it stays. */
export const removeFrame = (workflow: Workflow, id: string): Workflow =>
  withFrames(
    workflow,
    framesOf(workflow).filter((frame) => frame.id !== id),
  );

export function addNote(workflow: Workflow, at: Point, text = "", size: Point = NOTE_SIZE): Added {
  const notes = notesOf(workflow);
  const id = freeId("#note", (each) => notes.some((note) => note.id === each));
  return { id, workflow: withNotes(workflow, [...notes, { id, text, at, size }]) };
}

export const changeNote = (workflow: Workflow, id: string, change: Partial<Omit<Note, "id">>): Workflow =>
  withNotes(
    workflow,
    notesOf(workflow).map((note) => (note.id === id ? { ...note, ...change } : note)),
  );

export const removeNote = (workflow: Workflow, id: string): Workflow =>
  withNotes(
    workflow,
    notesOf(workflow).filter((note) => note.id !== id),
  );

const withFrames = (workflow: Workflow, frames: readonly Frame[]): Workflow =>
  withLayout(workflow, { ...workflow.layout, "#frames": frames.length ? frames : undefined });

const withNotes = (workflow: Workflow, notes: readonly Note[]): Workflow =>
  withLayout(workflow, { ...workflow.layout, "#notes": notes.length ? notes : undefined });

/** Without what is undefined, so that two equal documents look equal. */
const withLayout = (workflow: Workflow, layout: Layout): Workflow => ({
  ...workflow,
  layout: Object.fromEntries(Object.entries(layout).filter(([, part]) => part !== undefined)),
});
