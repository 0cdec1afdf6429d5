import { useId } from "react";

import { setSetting } from "../../../document/edits";
import { NodeWidget } from "../../../node/NodeWidget";
import type { SettingJson } from "../../../server/api";
import { useServed } from "../../../text/language";
import { labelOf } from "../../../widgets/labels";
import { useEditor } from "../../editor";
import { PlainPin } from "./PlainPin";
import styles from "./Settings.module.css";

interface SettingRowProps {
  readonly node: string;
  readonly name: string;
  readonly setting: SettingJson;
  readonly value: unknown;
}

/** One setting with its help, and whether it is one of the plain controls. */
export function SettingRow({ node, name, setting, value }: SettingRowProps) {
  const id = useId();
  const served = useServed();
  const label = served(labelOf(name));
  const edit = useEditor((state) => state.edit);
  const change = (next: unknown, merge?: string) =>
    edit((workflow) => setSetting(workflow, node, name, next, setting.default), merge);
  return (
    <div className={styles.setting}>
      <NodeWidget node={node} id={id} label={label} setting={setting} value={value} onChange={change} />
      <PlainPin place={[node, name]} suggestion={label} />
      {setting.help && <p className={styles.hint}>{served(setting.help)}</p>}
    </div>
  );
}
