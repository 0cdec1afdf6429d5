import { useEffect } from "react";
import { createKeybindingsHandler } from "tinykeys";

import { CANVAS } from "../../view";
import { hasSelection, pasteText, removeSelected, textToCopy } from "./actions";
import { perform } from "./commands";
import { BY_CLIPBOARD, isSingle, KEYS, type CommandId } from "./keys";
import { usePanels } from "../panels";
import { receive } from "../files/receiving";

/** What works while somebody writes, too. */
const WHILE_WRITING: ReadonlySet<CommandId> = new Set(["run", "cancel", "save", "saveAs", "commands", "library"]);

/** The keyboard of the graph page, and its clipboard. */
export function Shortcuts() {
  useEffect(() => {
    let onCanvas = false;
    const pointed = ({ target }: PointerEvent) => {
      onCanvas = target instanceof Element && target.closest(`#${CANVAS}`) !== null;
    };
    const pressed = createKeybindingsHandler(bindings(() => onCanvas));
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener("pointerdown", pointed, { signal, capture: true });
    document.addEventListener("keydown", pressed, { signal });
    document.addEventListener("copy", (event) => copied(event, false), { signal });
    document.addEventListener("cut", (event) => copied(event, true), { signal });
    document.addEventListener("paste", pasted, { signal });
    return () => stop.abort();
  }, []);
  return null;
}

function bindings(isOnCanvas: () => boolean): Record<string, (event: KeyboardEvent) => void> {
  const all = (Object.keys(KEYS) as CommandId[]).filter((id) => !BY_CLIPBOARD.has(id));
  return Object.fromEntries(
    all.flatMap((id) => {
      const keys: readonly string[] = KEYS[id];
      return keys.flatMap((key) => pressesOf(key).map((press) => [press, actor(id, key, isOnCanvas)]));
    }),
  );
}

/** Which keyboards need Shift for a sign or a digit, nobody knows. */
const pressesOf = (key: string): readonly string[] => (isSingle(key) && !/[a-z]/.test(key) ? [key, `Shift+${key}`] : [key]);

function actor(id: CommandId, key: string, isOnCanvas: () => boolean): (event: KeyboardEvent) => void {
  return (event) => {
    if (!mayAct(event, id)) return;
    if (isSingle(key) && !usePanels.getState().singleKeys) return;
    if (key === "Tab" && !(isOnCanvas() && nothingHasFocus())) return;
    event.preventDefault();
    perform(id);
  };
}

/** Whoever writes means letters, and an open dialog has the keyboard to itself. */
function mayAct(event: KeyboardEvent, id: CommandId): boolean {
  if (event.defaultPrevented || document.querySelector("dialog[open], [role=menu]")) return false;
  if (WHILE_WRITING.has(id)) return true;
  return !isWriting(event.target) && !(event.key.length === 1 && isChoosing(event.target));
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || (target.matches("input, textarea") && !target.matches("[type=range], [type=checkbox], [type=radio]")));

/** Lists jump to what begins with a letter. */
const isChoosing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches("select");

/** Tab moves the focus, as everywhere; only for the hand that has just pointed at the canvas it adds a node. */
const nothingHasFocus = (): boolean =>
  document.activeElement === document.body || document.activeElement?.id === "content" || document.activeElement?.id === CANVAS;

/** Text that is marked on the page is copied as text. */
const isCopyingText = (event: ClipboardEvent): boolean =>
  isWriting(event.target) || window.getSelection()?.isCollapsed === false;

function copied(event: ClipboardEvent, cut: boolean): void {
  if (isCopyingText(event) || !hasSelection() || document.querySelector("dialog[open]")) return;
  event.clipboardData?.setData("text/plain", textToCopy());
  event.preventDefault();
  if (cut) removeSelected();
}

function pasted(event: ClipboardEvent): void {
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  const { clipboardData } = event;
  if (!clipboardData) return;
  if (clipboardData.files.length) void receive([...clipboardData.files]);
  else if (!pasteText(clipboardData.getData("text/plain"))) return;
  event.preventDefault();
}
