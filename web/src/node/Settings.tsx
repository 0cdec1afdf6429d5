import { memo, useCallback, useId } from "react";

import { setSetting } from "../document/edits";
import { useEditor } from "../graph/editor";
import type { NodeJson, SettingJson } from "../server/api";
import { useServed } from "../text/language";
import { labelOf } from "../widgets/labels";
import { settingHeight, shownSettings } from "./layout";
import { NodeWidget } from "./NodeWidget";
import styles from "./Settings.module.css";

interface SettingsProps {
  readonly id: string;
  readonly node: NodeJson;
  readonly values: Readonly<Record<string, unknown>> | undefined;
}

export function Settings({ id, node, values }: SettingsProps) {
  return (
    <div className={styles.settings}>
      {shownSettings(node).map(([name, setting]) => {
        const value = values && name in values ? values[name] : setting.default;
        return <Setting key={name} node={id} name={name} setting={setting} value={value} />;
      })}
    </div>
  );
}

interface SettingProps {
  readonly node: string;
  readonly name: string;
  readonly setting: SettingJson;
  readonly value: unknown;
}

/** While one is dragged, the others stay as they are. */
const Setting = memo(function Setting({ node, name, setting, value }: SettingProps) {
  const id = useId();
  const served = useServed();
  const change = useCallback(
    (next: unknown, merge?: string) =>
      useEditor.getState().edit((workflow) => setSetting(workflow, node, name, next, setting.default), merge),
    [node, name, setting],
  );
  return (
    <div style={{ height: settingHeight(setting) }}>
      <NodeWidget node={node} id={id} label={served(labelOf(name))} setting={setting} value={value} onChange={change} />
    </div>
  );
});
