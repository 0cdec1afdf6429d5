import { Redo2, Undo2 } from "lucide-react";

import { useText } from "../../text/language";
import { IconButton } from "../../ui/Button";
import { useEditor } from "../editor";
import { RunButtons } from "./RunButtons";
import { RunState } from "./RunState";
import { Title } from "./Title";
import styles from "./Toolbar.module.css";

/** Over the canvas: what is open, undo and redo, the run and how it goes. */
export function Toolbar() {
  const { toolbar } = useText().graph;
  const canUndo = useEditor((state) => state.canUndo);
  const canRedo = useEditor((state) => state.canRedo);
  const { undo, redo } = useEditor.getState();
  return (
    <div role="toolbar" aria-label={toolbar.label} className={styles.toolbar}>
      <Title />
      <div className={styles.group}>
        <IconButton label={toolbar.undo} icon={<Undo2 size={18} />} disabled={!canUndo} onClick={undo} />
        <IconButton label={toolbar.redo} icon={<Redo2 size={18} />} disabled={!canRedo} onClick={redo} />
      </div>
      <RunState />
      <RunButtons />
    </div>
  );
}
