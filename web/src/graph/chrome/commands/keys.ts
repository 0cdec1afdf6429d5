import type { Text } from "../../../text/en";

/**
 * Every command of the graph page and its keys, the first of which is shown. Feeds the bindings, the menus, the
 * command palette and the help sheet. `$mod` is Ctrl, and ⌘ on a Mac.
 */
export const KEYS = {
  run: ["$mod+Enter"],
  runSelected: ["Shift+Enter"],
  cancel: ["$mod+Alt+Enter"],
  live: ["l"],

  addNode: ["Tab", "/"],
  addNote: ["n"],
  frame: ["$mod+g"],
  bypass: ["$mod+b"],
  collapse: ["Alt+KeyC"],
  rename: ["F2"],
  makeResult: [],
  arrange: ["Shift+A"],
  alignLeft: [],
  alignCentre: [],
  alignRight: [],
  alignTop: [],
  alignMiddle: [],
  alignBottom: [],
  alignColumns: [],
  alignRows: [],

  undo: ["$mod+z"],
  redo: ["$mod+Shift+z", "$mod+y"],
  cut: ["$mod+x"],
  copy: ["$mod+c"],
  paste: ["$mod+v"],
  duplicate: ["$mod+d"],
  remove: ["Delete", "Backspace"],
  removeReconnect: ["Shift+Delete", "Shift+Backspace"],
  selectAll: ["$mod+a"],

  fit: ["."],
  fitSelected: ["f"],
  zoomIn: ["+", "="],
  zoomOut: ["-"],
  zoomFull: ["1"],
  snap: ["g"],
  minimap: ["m"],
  palette: ["b"],
  inspector: ["i"],
  problems: ["p"],
  queue: ["q"],

  newWorkflow: ["Alt+KeyN"],
  library: ["$mod+o"],
  templates: ["Alt+KeyT"],
  openFile: ["$mod+Shift+o"],
  save: ["$mod+s"],
  saveAs: ["$mod+Shift+s"],
  download: ["Alt+KeyS"],
  openInRestore: [],

  commands: ["$mod+k"],
  help: ["?"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CommandId = keyof typeof KEYS;

/** The commands in the order of the command palette and the help sheet. */
export const GROUPS = {
  run: ["run", "runSelected", "cancel", "live"],
  nodes: [
    "addNode",
    "addNote",
    "frame",
    "bypass",
    "collapse",
    "rename",
    "makeResult",
    "arrange",
    "alignLeft",
    "alignCentre",
    "alignRight",
    "alignTop",
    "alignMiddle",
    "alignBottom",
    "alignColumns",
    "alignRows",
  ],
  edit: ["undo", "redo", "cut", "copy", "paste", "duplicate", "remove", "removeReconnect", "selectAll"],
  view: [
    "fit",
    "fitSelected",
    "zoomIn",
    "zoomOut",
    "zoomFull",
    "snap",
    "minimap",
    "palette",
    "inspector",
    "problems",
    "queue",
  ],
  file: ["newWorkflow", "library", "templates", "openFile", "save", "saveAs", "download", "openInRestore"],
  help: ["commands", "help"],
} as const satisfies Readonly<Record<string, readonly CommandId[]>>;

export type CommandGroup = keyof typeof GROUPS;

/** Those that the browser itself announces, as events that bring the clipboard along. */
export const BY_CLIPBOARD: ReadonlySet<CommandId> = new Set(["cut", "copy", "paste"]);

/** Whether it is a single key, as people who dictate may press without meaning it. */
export const isSingle = (binding: string): boolean => binding.length === 1;

type KeyWords = Text["graph"]["keys"]["names"];

const SIGNS: Readonly<Record<string, string>> = { $mod: "⌘", Shift: "⇧", Alt: "⌥" };

const isMac = (): boolean => navigator.userAgent.includes("Mac OS");

/** How people read the keys of a command: "Ctrl+Z"; empty where it has none. */
export function keysOf(id: CommandId, words: KeyWords, mac = isMac()): string {
  const binding: string | undefined = KEYS[id][0];
  return binding === undefined ? "" : readable(binding, words, mac);
}

/** A binding in words. */
export function readable(binding: string, words: KeyWords, mac = isMac()): string {
  // A plus is a key as well.
  const parts = binding === "+" ? ["+"] : binding.split("+");
  return parts.map((part) => nameOf(part, words, mac)).join(mac ? "" : "+");
}

function nameOf(part: string, words: KeyWords, mac: boolean): string {
  if (mac && SIGNS[part]) return SIGNS[part];
  const names: Readonly<Record<string, string>> = words;
  // With Alt, a Mac's keys write other letters: there the key itself counts, "KeyC".
  const key = part.replace(/^Key/, "");
  return names[part] ?? (key.length === 1 ? key.toUpperCase() : key);
}
