import { PanelLeftClose, Search } from "lucide-react";
import { useState } from "react";

import { FamilyIcon } from "../../../node/FamilyIcon";
import { tintOf } from "../../../node/tint";
import { useCatalogue } from "../../../server/catalogue";
import { useText } from "../../../text/language";
import { IconButton } from "../../../ui/Button";
import { middle } from "../../view";
import { addStep, around } from "./adding";
import { NODE_DATA } from "../files/Drops";
import { byFamily, useListed, type ListedNode } from "./listed";
import { NodeHelp } from "./NodeHelp";
import styles from "./Palette.module.css";
import { usePanels } from "../panels";
import { findIn } from "./search";

/** The nodes by family: click one, or drag it onto the canvas; below stands what it does. */
export function Palette() {
  const { palette } = useText().graph;
  const nodes = useCatalogue((state) => state.catalogue?.nodes);
  const listed = useListed();
  const close = usePanels((state) => state.togglePalette);
  const [query, setQuery] = useState("");
  const [read, setRead] = useState<ListedNode | null>(null);
  const found = findIn(query, [...(nodes?.values() ?? [])].map(listed));
  return (
    <aside className={styles.palette} aria-label={palette.label}>
      <header className={styles.header}>
        <label className={styles.search}>
          <Search size={16} aria-hidden />
          <span className="visually-hidden">{palette.search}</span>
          <input type="search" placeholder={palette.search} value={query} onChange={(event) => setQuery(event.target.value)} />
        </label>
        <IconButton label={palette.close} icon={<PanelLeftClose size={18} />} onClick={close} />
      </header>
      <div className={styles.list}>
        {!found.length && <p className={styles.nothing}>{palette.nothing}</p>}
        {query ? (
          <Entries nodes={found} onRead={setRead} />
        ) : (
          byFamily(found).map(([family, members]) => (
            <details key={family} open className={styles.family}>
              <summary>{family}</summary>
              <Entries nodes={members} onRead={setRead} />
            </details>
          ))
        )}
      </div>
      <section className={styles.help} aria-label={palette.help}>
        {read ? <NodeHelp listed={listed(read.node)} /> : <p className={styles.hint}>{`${palette.hint} ${palette.helpHint}`}</p>}
      </section>
    </aside>
  );
}

interface EntriesProps {
  readonly nodes: readonly ListedNode[];
  readonly onRead: (node: ListedNode) => void;
}

function Entries({ nodes, onRead }: EntriesProps) {
  const { palette } = useText().graph;
  const uncover = usePanels((state) => state.uncover);
  return (
    <ul>
      {nodes.map((listed) => (
        <li key={listed.node.id}>
          <button
            type="button"
            draggable
            className={styles.entry}
            aria-label={palette.add(listed.title)}
            onClick={() => {
              addStep(listed.node.id, around(middle()));
              uncover();
            }}
            onFocus={() => onRead(listed)}
            onPointerEnter={() => onRead(listed)}
            onDragStart={(event) => {
              event.dataTransfer.setData(NODE_DATA, listed.node.id);
              event.dataTransfer.effectAllowed = "copy";
            }}
          >
            <span className={styles.icon} style={{ background: tintOf(listed.node.family) }}>
              <FamilyIcon family={listed.node.family} />
            </span>
            {listed.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
