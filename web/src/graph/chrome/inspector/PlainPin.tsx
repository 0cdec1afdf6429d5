import { Pin, PinOff } from "lucide-react";

import { controlNameOf, renameControl, setControl } from "../../../document/edits";
import { freeId } from "../../../document/nodes";
import type { Place } from "../../../document/workflow";
import { useServed, useText } from "../../../text/language";
import { IconButton } from "../../../ui/Button";
import { useEditor } from "../../editor";
import styles from "./Settings.module.css";

interface PlainPinProps {
  readonly place: Place;
  /** What the control could be called. */
  readonly suggestion: string;
}

/** Makes a setting one of the plain controls of the Restore page, under a name of its own. */
export function PlainPin({ place, suggestion }: PlainPinProps) {
  const { inspector } = useText().graph;
  const served = useServed();
  const edit = useEditor((state) => state.edit);
  const name = useEditor(({ workflow }) => controlNameOf(workflow, place));
  const pin = () =>
    edit((workflow) => {
      const free = freeId(suggestion, (each) => Object.hasOwn(workflow.controls ?? {}, each));
      return setControl(workflow, free, [place]);
    });
  const unpin = (pinned: string) =>
    edit((workflow) => {
      const others = (workflow.controls?.[pinned] ?? []).filter(([id, port]) => id !== place[0] || port !== place[1]);
      return setControl(workflow, pinned, others);
    });
  if (name === undefined) {
    return <IconButton className={styles.pin} label={`${inspector.plainAdd}: ${suggestion}`} icon={<Pin size={16} />} onClick={pin} />;
  }
  return (
    <>
      <IconButton
        pressed
        label={`${inspector.plainRemove}: ${served(name)}`}
        icon={<PinOff size={16} />}
        onClick={() => unpin(name)}
      />
      <label className={styles.plainName}>
        <Pin size={14} aria-hidden />
        <span className="visually-hidden">{inspector.plainName}</span>
        <input
          title={inspector.plainName}
          key={name}
          defaultValue={name}
          maxLength={100}
          onBlur={({ target }) => edit((workflow) => renameControl(workflow, name, target.value.trim()))}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
          }}
        />
      </label>
    </>
  );
}
