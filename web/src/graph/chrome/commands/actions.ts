import { align, type Alignment, type Thing } from "../../../document/align";
import { arrange } from "../../../document/arrange";
import { copiedIn, copyText, duplicate, paste } from "../../../document/clipboard";
import {
  addFrame,
  addNote,
  framesOf,
  isCollapsed,
  moveNodes,
  notesOf,
  positionsOf,
  removeAll,
  setBypass,
  setCollapsed,
  setResult,
} from "../../../document/edits";
import type { Place, Point, Workflow } from "../../../document/workflow";
import { useCatalogue } from "../../../server/catalogue";
import { textNow } from "../../../text/language";
import { useEditor } from "../../editor";
import { middle, reveal, useView } from "../../view";
import { usePanels } from "../panels";

/** What commands do with what is selected. */

const editor = () => useEditor.getState();

export const hasSelection = (): boolean => editor().selected.size > 0;

/** The selected nodes, without frames and notes. */
export function selectedNodes(): readonly string[] {
  const { workflow, selected } = editor();
  return [...selected].filter((id) => Object.hasOwn(workflow.nodes, id));
}

/** How large the canvas has found each node, frame and note to be. */
export const sizes = (): ReadonlyMap<string, Point> =>
  new Map(
    (useView.getState().flow?.getNodes() ?? []).map(({ id, measured, width, height }) => [
      id,
      [measured?.width ?? width ?? 0, measured?.height ?? height ?? 0],
    ]),
  );

export function selectAll(): void {
  const { workflow, select } = editor();
  const parts = [...framesOf(workflow), ...notesOf(workflow)].map(({ id }) => id);
  select([...Object.keys(workflow.nodes), ...parts]);
}

/** Remove what is selected; with `reconnect`, what fed a node feeds what it fed. */
export function removeSelected(reconnect = false): void {
  const { selected, edit } = editor();
  const catalogue = reconnect ? (useCatalogue.getState().catalogue ?? undefined) : undefined;
  if (selected.size) edit((workflow) => removeAll(workflow, selected, catalogue));
}

/** Bypass the selected nodes; if all of them are, switch them on again. */
export function toggleBypass(): void {
  const ids = selectedNodes();
  editor().edit((workflow) => setBypass(workflow, ids, !ids.every((id) => workflow.nodes[id]?.bypass)));
}

/** Fold the selected nodes to their titles; if all of them are, unfold them. */
export function toggleCollapsed(): void {
  const ids = selectedNodes();
  editor().edit((workflow) => setCollapsed(workflow, ids, !ids.every((id) => isCollapsed(workflow, id))));
}

/** Make the first output of the selected node the workflow's result. */
export function makeResult(): void {
  const place = resultPlace();
  if (place) editor().edit((workflow) => setResult(workflow, place));
}

/** What the selected node would give as the result; null where it gives nothing, or several are selected. */
export function resultPlace(): Place | null {
  const [id, ...others] = selectedNodes();
  const box = id === undefined ? undefined : editor().workflow.nodes[id];
  const output = box && Object.keys(useCatalogue.getState().catalogue?.nodes.get(box.type)?.outputs ?? {})[0];
  return id !== undefined && output !== undefined && !others.length ? [id, output] : null;
}

/** Put a frame around the selected nodes, or an empty one into the middle. */
export function frameSelected(): void {
  const ids = selectedNodes();
  const [x, y] = middle();
  const around = ids.length ? ids : { at: [x - 200, y - 150] as Point, size: [400, 300] as Point };
  addPart((workflow) => addFrame(workflow, around, textNow().graph.canvas.newFrame, sizes()));
}

export const addNoteAt = (at: Point = middle()): void => addPart((workflow) => addNote(workflow, at));

/** Add something and select it. */
function addPart(add: (workflow: Workflow) => { readonly workflow: Workflow; readonly id: string }): void {
  const { workflow, edit, select } = editor();
  const added = add(workflow);
  edit(() => added.workflow);
  select([added.id]);
}

export function alignSelected(how: Alignment): void {
  const { workflow, selected, edit } = editor();
  const measured = sizes();
  const places = new Map([
    ...positionsOf(workflow),
    ...[...framesOf(workflow), ...notesOf(workflow)].map(({ id, at }) => [id, at] as const),
  ]);
  const things = [...selected].flatMap((id): (readonly [string, Thing])[] => {
    const at = places.get(id);
    return at ? [[id, { at, size: measured.get(id) ?? [0, 0] }]] : [];
  });
  if (things.length > 1) edit((before) => moveNodes(before, align(new Map(things), how)));
}

/** Arrange the selected nodes, or all of them where there are not several, and show them. */
export async function arrangeNodes(): Promise<void> {
  const { workflow, edit } = editor();
  const ids = selectedNodes();
  const wanted = ids.length > 1 ? ids : Object.keys(workflow.nodes);
  const places = await arrange(workflow, wanted, sizes());
  edit((before) => moveNodes(before, places));
  // The canvas has them at their new places with its next frame.
  requestAnimationFrame(() => reveal(wanted));
}

/** What was copied last in this window: for menus, where the browser keeps its clipboard to itself. */
let copiedText = "";

/** The text of what is selected, for the clipboard. */
export function textToCopy(): string {
  copiedText = copyText(editor().workflow, editor().selected);
  return copiedText;
}

/** The browser's clipboard; there is none where the page comes without encryption from another machine. */
const clipboard = (): Clipboard | undefined => (navigator as Partial<Navigator>).clipboard;

export async function copySelected(): Promise<void> {
  // Where the browser refuses, what was copied can still be pasted in this window.
  if (hasSelection()) await clipboard()?.writeText(textToCopy()).catch(() => undefined);
}

export async function cutSelected(): Promise<void> {
  await copySelected();
  removeSelected();
}

/** Paste from the clipboard, its top left corner at a point or in the middle of what is in sight. */
export async function pasteCopied(at: Point = middle()): Promise<void> {
  const text = await clipboard()
    ?.readText()
    .catch(() => copiedText);
  pasteText(text ?? copiedText, at);
}

/** Paste a text if it holds nodes; whether it did. */
export function pasteText(text: string, at: Point = middle()): boolean {
  const copied = copiedIn(text);
  if (!copied) return false;
  const { workflow, edit, select } = editor();
  const pasted = paste(workflow, copied, { at });
  edit(() => pasted.workflow);
  select(pasted.ids);
  return true;
}

export function duplicateSelected(): void {
  const { workflow, selected, edit, select } = editor();
  if (!selected.size) return;
  const copies = duplicate(workflow, selected);
  edit(() => copies.workflow);
  select(copies.ids);
}

/** Select a node and bring it into sight. */
export function showNode(id: string): void {
  usePanels.getState().uncover();
  editor().select([id]);
  reveal([id]);
}
