import { X } from "lucide-react";
import type { ReactNode } from "react";

import { useText } from "../../text/language";
import { IconButton } from "../../ui/Button";
import { usePanels } from "./panels";
import styles from "./SidePanel.module.css";

interface SidePanelProps {
  readonly title: string;
  /** A few words beside the title. */
  readonly note?: string;
  readonly children: ReactNode;
}

/** A panel beside the canvas. */
export function SidePanel({ title, note, children }: SidePanelProps) {
  const { toolbar } = useText().graph;
  const close = usePanels((state) => state.setSide);
  return (
    <aside className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        <span className={styles.note}>{note}</span>
        <IconButton label={toolbar.closePanel} icon={<X size={18} />} onClick={() => close(null)} />
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
