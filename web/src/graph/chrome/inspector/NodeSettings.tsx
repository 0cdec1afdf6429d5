import { Unplug } from "lucide-react";

import { removeNodes, setBypass, setInput, setResult } from "../../../document/edits";
import type { Box, Place } from "../../../document/workflow";
import { FamilyIcon } from "../../../node/FamilyIcon";
import { tintOf } from "../../../node/tint";
import type { NodeJson } from "../../../server/api";
import { useCatalogue } from "../../../server/catalogue";
import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { useEditor } from "../../editor";
import { photoSettingOf } from "../adding/adding";
import { HelpText } from "../adding/HelpText";
import { useListed } from "../adding/listed";
import { NameField } from "./NameField";
import { NodeWires } from "./NodeWires";
import { PlainPin } from "./PlainPin";
import { SettingRow } from "./SettingRow";
import styles from "./Settings.module.css";

interface NodeSettingsProps {
  readonly id: string;
  readonly box: Box;
}

/** All of one node: its name, its settings, its wires, its help. */
export function NodeSettings({ id, box }: NodeSettingsProps) {
  const { inspector } = useText().graph;
  const node = useCatalogue((state) => state.catalogue?.nodes.get(box.type));
  const listed = useListed();
  if (!node) return <Unknown id={id} type={box.type} />;
  const { title, summary } = listed(node);
  return (
    <div className={styles.settings}>
      <header className={styles.heading}>
        <span className={styles.icon} style={{ background: tintOf(node.family) }}>
          <FamilyIcon family={node.family} />
        </span>
        <h3>{title}</h3>
        <p>{summary}</p>
      </header>
      <NameField id={id} />
      <Switch id={id} bypass={box.bypass ?? false} title={title} />
      <Flags id={id} node={node} />
      <AllSettings id={id} box={box} node={node} />
      <NodeWires id={id} box={box} node={node} />
      {node.help && (
        <details className={styles.fold}>
          <summary>{inspector.help}</summary>
          <HelpText text={node.help} />
        </details>
      )}
    </div>
  );
}

function Unknown({ id, type }: { readonly id: string; readonly type: string }) {
  const { inspector, problems } = useText().graph;
  return (
    <Empty icon={<Unplug size={40} />} title={inspector.unknown(type)}>
      <p>{inspector.unknownHint}</p>
      <Button onClick={() => useEditor.getState().edit((workflow) => removeNodes(workflow, [id]))}>{problems.removeNode}</Button>
    </Empty>
  );
}

function Switch({ id, bypass, title }: { readonly id: string; readonly bypass: boolean; readonly title: string }) {
  const { inspector } = useText().graph;
  const edit = useEditor((state) => state.edit);
  return (
    <div className={styles.setting}>
      <div className={styles.switch}>
        <label>
          <input type="checkbox" checked={!bypass} onChange={({ target }) => edit((workflow) => setBypass(workflow, [id], !target.checked))} />
          {inspector.on}
        </label>
      </div>
      <PlainPin place={[id, "bypass"]} suggestion={title} />
    </div>
  );
}

/** Whether the photo comes in here, and whether the result is what comes out. */
function Flags({ id, node }: { readonly id: string; readonly node: NodeJson }) {
  const { inspector } = useText().graph;
  const edit = useEditor((state) => state.edit);
  const isInput = useEditor(({ workflow }) => workflow.input?.[0] === id);
  const isResult = useEditor(({ workflow }) => workflow.result?.[0] === id);
  const photo = photoSettingOf(node);
  const output = Object.keys(node.outputs)[0];
  const place = (port: string | undefined): Place | null => (port === undefined ? null : [id, port]);
  return (
    <div className={styles.flags}>
      {photo && (
        <Button aria-pressed={isInput} onClick={() => edit((workflow) => setInput(workflow, isInput ? null : place(photo)))}>
          {isInput ? inspector.isInput : inspector.makeInput}
        </Button>
      )}
      {output && (
        <Button aria-pressed={isResult} onClick={() => edit((workflow) => setResult(workflow, isResult ? null : place(output)))}>
          {isResult ? inspector.isResult : inspector.makeResult}
        </Button>
      )}
    </div>
  );
}

function AllSettings({ id, box, node }: NodeSettingsProps & { readonly node: NodeJson }) {
  const { inspector } = useText().graph;
  const all = Object.entries(node.settings);
  const row = ([name, setting]: (typeof all)[number]) => (
    <SettingRow key={name} node={id} name={name} setting={setting} value={valueOf(box, name, setting.default)} />
  );
  const advanced = all.filter(([, setting]) => setting["advanced"] === true);
  return (
    <section className={styles.section}>
      <h3>{inspector.settings}</h3>
      {!all.length && <p className={styles.quiet}>{inspector.noSettings}</p>}
      {all.filter(([, setting]) => setting["advanced"] !== true).map(row)}
      {advanced.length > 0 && (
        <details className={styles.fold}>
          <summary>{inspector.advanced}</summary>
          <div>{advanced.map(row)}</div>
        </details>
      )}
    </section>
  );
}

const valueOf = ({ settings = {} }: Box, name: string, fallback: unknown): unknown =>
  Object.hasOwn(settings, name) ? settings[name] : fallback;
