import { useEffect, useId, useRef, useState } from "react";

import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { useEditor } from "../../editor";
import { fileName, saveAs } from "./files";
import styles from "../Form.module.css";
import { useListing } from "./listing";
import { usePanels } from "../panels";

interface SaveAsProps {
  readonly onClose: () => void;
}

/** Asks under which name a workflow is kept, and says what that would replace. */
export function SaveAs({ onClose }: SaveAsProps) {
  const { graph, ui } = useText();
  const { files } = graph;
  const form = useId();
  const input = useRef<HTMLInputElement>(null);
  // The dialog has taken the focus to its first button.
  useEffect(() => input.current?.select(), []);
  const { workflow, name: known } = useEditor.getState();
  const [name, setName] = useState(known ?? (workflow.title ? fileName(workflow.title) : ""));
  const [saving, setSaving] = useState(false);
  const own = useListing("own").workflows?.some((each) => each.name === name.trim()) ?? false;
  const shipped = useListing("shipped").workflows?.some((each) => each.name === name.trim()) ?? false;
  const replaces = own && name.trim() !== known;
  const save = async () => {
    setSaving(true);
    if (await saveAs(name.trim())) {
      onClose();
      usePanels.getState().afterSave();
    } else setSaving(false);
  };
  return (
    <Dialog
      title={files.saveAs}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" form={form} disabled={!name.trim() || saving}>
            {replaces ? files.replace : files.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label className={styles.field}>
          <span>{files.name}</span>
          <input
            ref={input}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <p className={styles.hint} aria-live="polite">
          {shipped ? files.overwriteShipped(name.trim()) : replaces ? files.overwrite(name.trim()) : "\u00A0"}
        </p>
      </form>
    </Dialog>
  );
}
