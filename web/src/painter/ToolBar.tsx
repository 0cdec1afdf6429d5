import { Brush, Eraser, Lasso, PaintBucket, Plus, Redo2, Spline, Trash2, Undo2 } from "lucide-react";

import { useText } from "../text/language";
import { Button, IconButton } from "../ui/Button";
import { Segmented } from "../ui/Segmented";
import styles from "./Painter.module.css";
import { PenBar } from "./PenBar";
import { usePen } from "./pen";
import { TOOLS } from "./strokes";
import type { Strokes } from "./useStrokes";

const ICONS = {
  brush: <Brush size={18} />,
  lasso: <Lasso size={18} />,
  flood: <PaintBucket size={18} />,
  line: <Spline size={18} />,
};

interface ToolBarProps {
  readonly size: number;
  readonly coloured: boolean;
  readonly strokes: Strokes;
  /** How many points a line has that is not ended. */
  readonly line: number;
  readonly onEndLine: () => void;
  readonly onUndo: () => void;
}

/** What is in the hand, and what was done with it. */
export function ToolBar({ size, coloured, strokes, line, onEndLine, onUndo }: ToolBarProps) {
  const { painter } = useText();
  const { tool, erase, change } = usePen();
  const tools = TOOLS.map((value) => ({ value, label: painter.tool[value], icon: ICONS[value] }));
  const ways = [
    { value: "mark", label: painter.mark, icon: <Plus size={18} /> },
    { value: "erase", label: painter.erase, icon: <Eraser size={18} /> },
  ] as const;
  return (
    <div className={styles.bar}>
      <Segmented label={painter.tools} options={tools} value={tool} onChange={(next) => change({ tool: next })} />
      <Segmented
        label={painter.ways}
        options={ways}
        value={erase ? "erase" : "mark"}
        onChange={(way) => change({ erase: way === "erase" })}
      />
      <PenBar size={size} coloured={coloured} onTolerance={strokes.retune} />
      {line > 0 && <Button onClick={onEndLine}>{painter.endLine}</Button>}
      <p className={styles.hint}>
        {(coloured ? painter.colourHint : painter.hint)[tool]} {(tool === "flood" || tool === "line") && painter.rough}
      </p>
      <div className={styles.group}>
        <span className={styles.count}>{painter.count(strokes.all.length)}</span>
        <IconButton
          label={painter.undo}
          icon={<Undo2 size={18} />}
          disabled={!strokes.canUndo && !line}
          onClick={onUndo}
        />
        <IconButton label={painter.redo} icon={<Redo2 size={18} />} disabled={!strokes.canRedo} onClick={strokes.redo} />
        <IconButton
          label={painter.clear}
          icon={<Trash2 size={18} />}
          disabled={!strokes.all.length}
          onClick={strokes.clear}
        />
      </div>
    </div>
  );
}
