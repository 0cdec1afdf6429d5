import { Unlink } from "lucide-react";

import { disconnect } from "../../document/edits";
import { wiresOf } from "../../document/wiring";
import type { Box, Place } from "../../document/workflow";
import type { NodeJson } from "../../server/api";
import { useCatalogue } from "../../server/catalogue";
import { useServed, useText } from "../../text/language";
import { IconButton } from "../../ui/Button";
import { useEditor } from "../editor";
import { labelOf } from "../../widgets/labels";
import { showNode } from "./actions";
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

function InputRow({ to, kind, optional, source }: InputRowProps) {
  const { inspector } = useText().graph;
  const edit = useEditor((state) => state.edit);
  return (
    <li className={styles.row}>
      <Port port={to[1]} kind={kind} />
      {source ? (
        <>
          <button type="button" className={styles.link} aria-label={inspector.goTo(source[0])} onClick={() => showNode(source[0])}>
            {inspector.from(source[0])}
          </button>
          <IconButton label={inspector.unwire(to[1])} icon={<Unlink size={16} />} onClick={() => edit((workflow) => disconnect(workflow, to))} />
        </>
      ) : (
        <span className={optional ? styles.quiet : styles.needed}>{optional ? inspector.notWired : inspector.needed}</span>
      )}
    </li>
  );
}

function OutputRow({ from, kind }: { readonly from: Place; readonly kind: string }) {
  const { inspector } = useText().graph;
  const workflow = useEditor((state) => state.workflow);
  const fed = wiresOf(workflow).filter((wire) => wire.from[0] === from[0] && wire.from[1] === from[1]);
  return (
    <li className={styles.row}>
      <Port port={from[1]} kind={kind} />
      {!fed.length && <span className={styles.quiet}>{inspector.notWired}</span>}
      {fed.map(({ to: [id, port] }) => (
        <button key={`${id} ${port}`} type="button" className={styles.link} aria-label={inspector.goTo(id)} onClick={() => showNode(id)}>
          {inspector.to(id)}
        </button>
      ))}
    </li>
  );
}
