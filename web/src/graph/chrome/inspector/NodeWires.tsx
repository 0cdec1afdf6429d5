import { Locate } from "lucide-react";
import { useId, useState } from "react";

import { fittingSources } from "../../../document/connect";
import { connect, disconnect } from "../../../document/edits";
import { wiresOf } from "../../../document/wiring";
import type { Box, Place } from "../../../document/workflow";
import type { NodeJson } from "../../../server/api";
import { useCatalogue } from "../../../server/catalogue";
import { useServed, useText } from "../../../text/language";
import { IconButton } from "../../../ui/Button";
import { useEditor } from "../../editor";
import { labelOf } from "../../../widgets/labels";
import { showNode } from "../commands/actions";
import styles from "./Settings.module.css";

interface NodeWiresProps {
  readonly id: string;
  readonly box: Box;
  readonly node: NodeJson;
}

/** Where each input comes from, and where each output goes. */
export function NodeWires({ id, box, node }: NodeWiresProps) {
  const { inspector } = useText().graph;
  return (
    <section className={styles.section}>
      <h3>{inspector.wires}</h3>
      <ul>
        {Object.entries(node.inputs).map(([port, { kind, optional }]) => (
          <InputRow key={port} to={[id, port]} kind={kind} optional={optional} source={box.inputs?.[port]} />
        ))}
        {Object.entries(node.outputs).map(([port, { kind }]) => (
          <OutputRow key={port} from={[id, port]} kind={kind} />
        ))}
      </ul>
    </section>
  );
}

function Port({ port, kind }: { readonly port: string; readonly kind: string }) {
  const colour = useCatalogue((state) => state.catalogue?.kinds.get(kind)?.colour);
  const served = useServed();
  return (
    <span className={styles.port}>
      <span className={styles.dot} style={{ background: colour }} />
      {served(labelOf(port))}
    </span>
  );
}

interface InputRowProps {
  readonly to: Place;
  readonly kind: string;
  readonly optional: boolean;
  readonly source: Place | undefined;
}

/** Where an input comes from: chosen from a list, which is how wires are drawn without a pointer. */
function InputRow({ to, kind, optional, source }: InputRowProps) {
  const { inspector } = useText().graph;
  const label = useId();
  return (
    <li className={styles.row}>
      <span id={label}>
        <Port port={to[1]} kind={kind} />
      </span>
      <Source to={to} source={source} labelledBy={label} isMissing={!source && !optional} />
      {source && <IconButton label={inspector.goTo(source[0])} icon={<Locate size={16} />} onClick={() => showNode(source[0])} />}
    </li>
  );
}

interface SourceProps {
  readonly to: Place;
  readonly source: Place | undefined;
  readonly labelledBy: string;
  readonly isMissing: boolean;
}

function Source({ to, source, labelledBy, isMissing }: SourceProps) {
  const { inspector } = useText().graph;
  const edit = useEditor((state) => state.edit);
  const [fitting, setFitting] = useState<readonly Place[]>([]);
  // Whoever comes near gets the whole list; until then nobody looks for it at every change.
  const look = () => setFitting(sourcesOf(to));
  const others = fitting.filter((place) => keyOf(place) !== (source && keyOf(source)));
  const choose = (key: string) => {
    const from = fitting.find((place) => keyOf(place) === key);
    edit((workflow) => (from ? connect(workflow, from, to) : disconnect(workflow, to)));
  };
  return (
    <select
      className={isMissing ? styles.missing : styles.source}
      aria-labelledby={labelledBy}
      value={source ? keyOf(source) : ""}
      onFocus={look}
      onPointerEnter={look}
      onChange={({ target }) => choose(target.value)}
    >
      <option value="">{isMissing ? inspector.needed : inspector.notWired}</option>
      {[...(source ? [source] : []), ...others].map((place) => (
        <option key={keyOf(place)} value={keyOf(place)}>
          {inspector.from(place.join(" · "))}
        </option>
      ))}
    </select>
  );
}

const keyOf = (place: Place): string => JSON.stringify(place);

function sourcesOf(to: Place): readonly Place[] {
  const { catalogue } = useCatalogue.getState();
  return catalogue ? fittingSources(useEditor.getState().workflow, catalogue, to) : [];
}

function OutputRow({ from, kind }: { readonly from: Place; readonly kind: string }) {
  const { inspector } = useText().graph;
  const workflow = useEditor((state) => state.workflow);
  const fed = wiresOf(workflow).filter((wire) => wire.from[0] === from[0] && wire.from[1] === from[1]);
  return (
    <li className={styles.row}>
      <Port port={from[1]} kind={kind} />
      {fed.length ? (
        <span className={styles.links}>
          {fed.map(({ to: [id, port] }) => (
            <button key={`${id} ${port}`} type="button" className={styles.link} title={inspector.goTo(id)} onClick={() => showNode(id)}>
              {inspector.to(id)}
            </button>
          ))}
        </span>
      ) : (
        <span className={styles.quiet}>{inspector.notWired}</span>
      )}
    </li>
  );
}
