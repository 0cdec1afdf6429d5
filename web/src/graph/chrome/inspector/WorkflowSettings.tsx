import { X } from "lucide-react";

import { setAbout, setControl, setTitle } from "../../../document/edits";
import { useServed, useText } from "../../../text/language";
import { IconButton } from "../../../ui/Button";
import { useEditor } from "../../editor";
import { showNode } from "../commands/actions";
import form from "../Form.module.css";
import styles from "./Settings.module.css";

/** The longest that the server takes. */
const LONGEST_ABOUT = 500;

/** What the workflow says of itself, and what it shows to people who never open the graph. */
export function WorkflowSettings() {
  const { inspector, files } = useText().graph;
  const title = useEditor(({ workflow }) => workflow.title ?? "");
  const about = useEditor(({ workflow }) => workflow.about ?? "");
  const { edit, settle } = useEditor.getState();
  return (
    <div className={form.form}>
      <label className={form.field}>
        <span>{inspector.workflowTitle}</span>
        <input
          value={title}
          placeholder={files.untitled}
          onChange={({ target: { value } }) => edit((workflow) => setTitle(workflow, value), "title")}
          onBlur={settle}
        />
      </label>
      <label className={form.field}>
        <span>{inspector.workflowAbout}</span>
        <textarea
          value={about}
          maxLength={LONGEST_ABOUT}
          placeholder={inspector.workflowAboutHint}
          onChange={({ target: { value } }) => edit((workflow) => setAbout(workflow, value), "about")}
          onBlur={settle}
        />
      </label>
      <PlainControls />
    </div>
  );
}

function PlainControls() {
  const { inspector } = useText().graph;
  const served = useServed();
  const controls = useEditor(({ workflow }) => workflow.controls);
  const edit = useEditor((state) => state.edit);
  const all = Object.entries(controls ?? {});
  return (
    <section className={styles.section}>
      <h3>{inspector.controls}</h3>
      {!all.length && <p className={form.hint}>{inspector.controlsNone}</p>}
      <ul>
        {all.map(([name, [place]]) => (
          <li key={name} className={styles.row}>
            <button type="button" className={styles.link} onClick={() => place && showNode(place[0])}>
              {served(name)}
            </button>
            <IconButton
              label={`${inspector.plainRemove}: ${served(name)}`}
              icon={<X size={16} />}
              onClick={() => edit((workflow) => setControl(workflow, name, null))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
