import type { Alignment } from "../../../document/align";
import { useEditor } from "../../editor";
import { fitAll, middle, reveal, useView, zoomIn, zoomOut, zoomToFull } from "../../view";
import {
  addNoteAt,
  alignSelected,
  arrangeNodes,
  copySelected,
  cutSelected,
  duplicateSelected,
  frameSelected,
  hasSelection,
  makeResult,
  pasteCopied,
  removeSelected,
  resultPlace,
  selectAll,
  selectedNodes,
  toggleBypass,
  toggleCollapsed,
} from "./actions";
import { chooseFile, downloadFile, newWorkflow, openInRestore, save } from "../files/files";
import type { CommandId } from "./keys";
import { usePanels, type Dialog, type Side } from "../panels";
import { startRenaming } from "../inspector/renaming";

/** Something that can be done, by key, menu or command palette. */
export interface Command {
  readonly run: () => void;
  /** Whether it can be done now; always, where nothing is said. */
  readonly can?: () => boolean;
}

const editor = () => useEditor.getState();

const showing = (dialog: Dialog): Command => ({ run: () => usePanels.getState().show(dialog) });

const side = (which: Side): Command => ({ run: () => usePanels.getState().toggleSide(which) });

/** Of one node at least, or of so many. */
const onNodes = (run: () => void, least = 1): Command => ({ run, can: () => selectedNodes().length >= least });

const aligning = (how: Alignment): Command => ({ run: () => alignSelected(how), can: () => editor().selected.size > 1 });

const onSelection = (run: () => void): Command => ({ run, can: hasSelection });

const hasNodes = (): boolean => Object.keys(editor().workflow.nodes).length > 0;

export const COMMANDS: Readonly<Record<CommandId, Command>> = {
  run: { run: () => void editor().runAll(), can: hasNodes },
  runSelected: {
    run: () => void selectedNodes().slice(0, 1).map((id) => editor().runOnly(id)),
    can: () => selectedNodes().length === 1,
  },
  cancel: { run: () => void editor().cancel(), can: () => editor().run !== null || editor().live },
  live: { run: () => void editor().setLive(!editor().live) },

  addNode: { run: () => useView.getState().openAddHere() },
  addNote: { run: () => addNoteAt(middle()) },
  frame: { run: frameSelected },
  bypass: onNodes(toggleBypass),
  collapse: onNodes(toggleCollapsed),
  rename: { run: startRenaming, can: () => selectedNodes().length === 1 },
  makeResult: { run: makeResult, can: () => resultPlace() !== null },
  arrange: { run: () => void arrangeNodes(), can: hasNodes },
  alignLeft: aligning("left"),
  alignCentre: aligning("centre"),
  alignRight: aligning("right"),
  alignTop: aligning("top"),
  alignMiddle: aligning("middle"),
  alignBottom: aligning("bottom"),
  alignColumns: aligning("columns"),
  alignRows: aligning("rows"),

  undo: { run: () => editor().undo(), can: () => editor().canUndo },
  redo: { run: () => editor().redo(), can: () => editor().canRedo },
  cut: onSelection(() => void cutSelected()),
  copy: onSelection(() => void copySelected()),
  paste: { run: () => void pasteCopied() },
  duplicate: onSelection(duplicateSelected),
  remove: onSelection(() => removeSelected()),
  removeReconnect: onSelection(() => removeSelected(true)),
  selectAll: { run: selectAll },

  fit: { run: fitAll },
  fitSelected: onSelection(() => reveal(editor().selected)),
  zoomIn: { run: zoomIn },
  zoomOut: { run: zoomOut },
  zoomFull: { run: zoomToFull },
  snap: { run: () => useView.getState().setSnap(!useView.getState().snap) },
  minimap: { run: () => useView.getState().setMinimap(!useView.getState().minimap) },
  palette: { run: () => usePanels.getState().togglePalette() },
  inspector: side("inspector"),
  problems: side("problems"),
  queue: side("queue"),

  newWorkflow: { run: newWorkflow },
  library: showing("library"),
  templates: showing("templates"),
  openFile: { run: () => void chooseFile() },
  save: { run: () => void save() },
  saveAs: { run: () => usePanels.getState().askName() },
  download: { run: downloadFile, can: hasNodes },
  openInRestore: { run: openInRestore, can: hasNodes },

  commands: showing("commands"),
  help: showing("help"),
};

/** Do it, if it can be done now. */
export function perform(id: CommandId): void {
  const { run, can } = COMMANDS[id];
  if (can?.() ?? true) run();
}
