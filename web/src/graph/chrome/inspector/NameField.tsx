import { useId, useState } from "react";

import { nameProblem, rename } from "../../../document/edits";
import { useText } from "../../../text/language";
import { useEditor } from "../../editor";
import form from "../Form.module.css";
import { NAME_FIELD } from "./renaming";

interface NameFieldProps {
  readonly id: string;
}

/** A node's name, taken over with Enter or on leaving; Escape gives the old one back. */
export function NameField({ id }: NameFieldProps) {
  const { inspector } = useText().graph;
  const [name, setName] = useState(id);
  const wrong = useId();
  const problem = useEditor(({ workflow }) => nameProblem(workflow, id, name));
  const take = () => {
    if (problem || name === id) {
      setName(id);
      return;
    }
    const { edit, select } = useEditor.getState();
    edit((workflow) => rename(workflow, id, name));
    select([name]);
  };
  return (
    <label className={form.field}>
      <span className={form.label}>
        {inspector.name}
        <span id={wrong} className={form.wrong} aria-live="polite">
          {problem && inspector.nameProblems[problem]}
        </span>
      </span>
      <input
        id={NAME_FIELD}
        value={name}
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={wrong}
        onChange={({ target }) => setName(target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setName(id);
        }}
      />
    </label>
  );
}
