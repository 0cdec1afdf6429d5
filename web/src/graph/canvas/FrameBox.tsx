import { NodeResizer, type NodeProps } from "@xyflow/react";
import { memo, useState } from "react";

import { changeFrame } from "../../document/edits";
import type { Frame } from "../../document/workflow";
import { useText } from "../../text/language";
import { classes } from "../../ui/classes";
import { useEditor } from "../editor";
import type { FrameNode } from "./flow";
import styles from "./FrameBox.module.css";
import { resized } from "./resized";

/** A coloured frame behind nodes. Its title moves it, and all that lies in it. */
export const FrameBox = memo(function FrameBox({ data: { frame }, selected }: NodeProps<FrameNode>) {
  return (
    <section className={styles.frame} data-colour={frame.colour} data-selected={selected || undefined}>
      <NodeResizer
        isVisible={selected}
        minWidth={120}
        minHeight={80}
        handleClassName={classes(styles.handle)}
        lineClassName={classes(styles.line)}
        onResizeEnd={(_, box) => useEditor.getState().edit((workflow) => changeFrame(workflow, frame.id, resized(box)))}
      />
      <Title frame={frame} />
    </section>
  );
});

/** A double click, or F2 while the frame is chosen, makes it a text field. */
function Title({ frame }: { readonly frame: Frame }) {
  const { canvas } = useText().graph;
  const [isEdited, setEdited] = useState(false);
  if (!isEdited) {
    return (
      <header className={classes("frame-title", styles.title)} onDoubleClick={() => setEdited(true)}>
        <button type="button" className={styles.name} onKeyDown={(event) => event.key === "F2" && setEdited(true)}>
          {frame.title || canvas.newFrame}
        </button>
      </header>
    );
  }
  const keep = (title: string) => {
    setEdited(false);
    if (title !== frame.title) useEditor.getState().edit((workflow) => changeFrame(workflow, frame.id, { title }));
  };
  return (
    <header className={styles.title}>
      <input
        autoFocus
        className={classes("nodrag nopan", styles.field)}
        aria-label={canvas.frameTitle}
        defaultValue={frame.title}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => keep(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setEdited(false);
          event.stopPropagation();
        }}
      />
    </header>
  );
}
