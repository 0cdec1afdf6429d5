import { setTitle } from "../../document/edits";
import { useText } from "../../text/language";
import { useEditor } from "../editor";
import styles from "./Toolbar.module.css";

/** The workflow's title, a field that looks like text until somebody comes near it. */
export function Title() {
  const { toolbar } = useText().graph;
  const title = useEditor((state) => state.workflow.title ?? "");
  const changed = useEditor((state) => state.changed);
  const { edit, settle } = useEditor.getState();
  return (
    <div className={styles.title}>
      <input
        className={styles.name}
        aria-label={toolbar.title}
        placeholder={toolbar.untitled}
        value={title}
        spellCheck={false}
        onChange={({ target: { value } }) => edit((workflow) => setTitle(workflow, value), "title")}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span className={styles.changed} data-changed={changed} title={changed ? toolbar.changed : undefined}>
        {changed && <span className="visually-hidden">{toolbar.changed}</span>}
      </span>
    </div>
  );
}
