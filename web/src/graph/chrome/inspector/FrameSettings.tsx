import { changeFrame, FRAME_COLOURS } from "../../../document/edits";
import type { Frame } from "../../../document/workflow";
import { useText } from "../../../text/language";
import { useEditor } from "../../editor";
import form from "../Form.module.css";
import styles from "./FrameSettings.module.css";

interface FrameSettingsProps {
  readonly frame: Frame;
}

/** The title and the colour of a frame. */
export function FrameSettings({ frame: { id, title, colour } }: FrameSettingsProps) {
  const { inspector, canvas } = useText().graph;
  const { edit, settle } = useEditor.getState();
  return (
    <div className={form.form}>
      <label className={form.field}>
        <span>{inspector.frameTitle}</span>
        <input
          value={title}
          onChange={({ target: { value } }) => edit((workflow) => changeFrame(workflow, id, { title: value }), `${id} title`)}
          onBlur={settle}
        />
      </label>
      <fieldset>
        <legend className={styles.legend}>{inspector.frameColour}</legend>
        <div className={styles.colours}>
          {FRAME_COLOURS.map((each) => (
            <label key={each} className={styles.colour} style={{ background: `var(--frame-${each})` }} title={canvas.colours[each]}>
              <input
                type="radio"
                className="visually-hidden"
                name={`${id} colour`}
                checked={each === colour}
                onChange={() => edit((workflow) => changeFrame(workflow, id, { colour: each }))}
              />
              <span className="visually-hidden">{canvas.colours[each]}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
