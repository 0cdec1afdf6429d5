import { NodeResizer, type NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";

import { changeNote } from "../../document/edits";
import { useText } from "../../text/language";
import { classes } from "../../ui/classes";
import { useEditor } from "../editor";
import type { NoteNode } from "./flow";
import styles from "./NoteBox.module.css";
import { resized } from "./resized";

/** A note on the canvas. It is moved by its upper edge; the rest is text. */
export const NoteBox = memo(function NoteBox({ data: { note }, selected }: NodeProps<NoteNode>) {
  const { canvas } = useText().graph;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Undo, or another place, has changed the text.
    if (field.current && field.current.value !== note.text) field.current.value = note.text;
  }, [note.text]);
  const { edit, settle } = useEditor.getState();
  return (
    <section className={styles.note} data-selected={selected || undefined}>
      <NodeResizer
        isVisible={selected}
        minWidth={120}
        minHeight={72}
        handleClassName={classes(styles.handle)}
        onResizeEnd={(_, box) => edit((workflow) => changeNote(workflow, note.id, resized(box)))}
      />
      <textarea
        ref={field}
        className={classes("nodrag nopan nowheel", styles.text)}
        aria-label={canvas.noteText}
        placeholder={canvas.noteHint}
        defaultValue={note.text}
        onChange={({ target: { value } }) => edit((workflow) => changeNote(workflow, note.id, { text: value }), note.id)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          event.stopPropagation();
        }}
      />
    </section>
  );
});
