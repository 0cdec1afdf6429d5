import { useCatalogue } from "../../../server/catalogue";
import { useServed, useText } from "../../../text/language";
import { labelOf } from "../../../widgets/labels";
import { HelpText } from "./HelpText";
import type { ListedNode } from "./listed";
import styles from "./NodeHelp.module.css";

interface NodeHelpProps {
  readonly listed: ListedNode;
}

/** What a node does, takes and gives. */
export function NodeHelp({ listed: { node, title, summary } }: NodeHelpProps) {
  const { palette } = useText().graph;
  return (
    <article className={styles.help}>
      <h3>{title}</h3>
      <p>{summary}</p>
      <Ports label={palette.takes} ports={node.inputs} />
      <Ports label={palette.gives} ports={node.outputs} />
      <HelpText text={node.help} />
    </article>
  );
}

interface PortsProps {
  readonly label: string;
  readonly ports: Readonly<Record<string, { readonly kind: string; readonly optional?: boolean }>>;
}

function Ports({ label, ports }: PortsProps) {
  const { palette } = useText().graph;
  const kinds = useCatalogue((state) => state.catalogue?.kinds);
  const served = useServed();
  const all = Object.entries(ports);
  if (!all.length) return null;
  return (
    <p className={styles.ports}>
      <span>{label}</span>
      {all.map(([name, { kind, optional }]) => (
        <span key={name} className={styles.port}>
          <span className={styles.dot} style={{ background: kinds?.get(kind)?.colour }} />
          {served(labelOf(name))}
          {optional && <em> ({palette.optional})</em>}
        </span>
      ))}
    </p>
  );
}
