import { changeNote } from "../../../document/edits";
import type { Note } from "../../../document/workflow";
import { useText } from "../../../text/language";
import { useEditor } from "../../editor";
import form from "../Form.module.css";

interface NoteSettingsProps {
  readonly note: Note;
}

/** The text of a note. */
export function NoteSettings({ note: { id, text } }: NoteSettingsProps) {
  const { inspector } = useText().graph;
  const { edit, settle } = useEditor.getState();
  return (
    <label className={form.field}>
      <span>{inspector.noteText}</span>
      <textarea
        rows={6}
        value={text}
        onChange={({ target: { value } }) => edit((workflow) => changeNote(workflow, id, { text: value }), `${id} text`)}
        onBlur={settle}
      />
    </label>
  );
}
