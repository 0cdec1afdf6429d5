import { ListChecks, PanelLeft, PanelRight, Redo2, Undo2 } from "lucide-react";

import { useText } from "../../text/language";
import { IconButton } from "../../ui/Button";
import { classes } from "../../ui/classes";
import { FileMenu } from "../chrome/commands/FileMenu";
import { usePanels } from "../chrome/panels";
import { ProblemsButton } from "../chrome/problems/ProblemsButton";
import { useEditor } from "../editor";
import { RunButtons } from "./RunButtons";
import { RunState } from "./RunState";
import { Title } from "./Title";
import styles from "./Toolbar.module.css";

/** Over the canvas: what is open, undo and redo, panels, the run and how it goes. */
export function Toolbar() {
  const { toolbar } = useText().graph;
  return (
    <div role="toolbar" aria-label={toolbar.label} className={styles.toolbar}>
      <PaletteButton />
      <FileMenu />
      <Title />
      <UndoButtons />
      <RunState />
      <RunButtons />
      <SideButtons />
    </div>
  );
}

function PaletteButton() {
  const { toolbar } = useText().graph;
  const { palette, togglePalette } = usePanels();
  return <IconButton label={toolbar.palette} icon={<PanelLeft size={18} />} pressed={palette} onClick={togglePalette} />;
}

function UndoButtons() {
  const { toolbar } = useText().graph;
  const canUndo = useEditor((state) => state.canUndo);
  const canRedo = useEditor((state) => state.canRedo);
  const { undo, redo } = useEditor.getState();
  return (
    <div className={styles.group}>
      <IconButton label={toolbar.undo} icon={<Undo2 size={18} />} disabled={!canUndo} onClick={undo} />
      <IconButton label={toolbar.redo} icon={<Redo2 size={18} />} disabled={!canRedo} onClick={redo} />
    </div>
  );
}

function SideButtons() {
  const { toolbar } = useText().graph;
  const { side, toggleSide } = usePanels();
  return (
    <div className={classes(styles.group, styles.sides)}>
      <ProblemsButton />
      <IconButton
        label={toolbar.queue}
        icon={<ListChecks size={18} />}
        pressed={side === "queue"}
        onClick={() => toggleSide("queue")}
      />
      <IconButton
        label={toolbar.inspector}
        icon={<PanelRight size={18} />}
        pressed={side === "inspector"}
        onClick={() => toggleSide("inspector")}
      />
    </div>
  );
}
