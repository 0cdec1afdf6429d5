import { ChevronDown, ChevronRight, Play } from "lucide-react";

import { setCollapsed } from "../document/edits";
import { useEditor } from "../graph/editor";
import type { NodeJson } from "../server/api";
import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import styles from "./CardHeader.module.css";
import { FamilyIcon } from "./FamilyIcon";
import { HEADER } from "./layout";
import { StateBadge } from "./StateBadge";
import { tintOf } from "./tint";

interface CardHeaderProps {
  readonly id: string;
  readonly node: NodeJson;
  readonly collapsed: boolean;
  readonly bypassed: boolean;
}

export function CardHeader({ id, node, collapsed, bypassed }: CardHeaderProps) {
  const text = useText().node;
  const served = useServed();
  const fold = () => useEditor.getState().edit((workflow) => setCollapsed(workflow, [id], !collapsed));
  const Chevron = collapsed ? ChevronRight : ChevronDown;
  return (
    <div
      className={classes(styles.header, collapsed && styles.alone)}
      style={{ height: HEADER, background: bypassed ? "none" : tintOf(node.family) }}
      title={`${served(node.title)}: ${served(node.summary)}`}
    >
      <FamilyIcon family={node.family} />
      <span className={styles.title}>
        {served(node.title)} {isOwnName(id, node.id) && <span className={styles.name}>{id}</span>}
      </span>
      {collapsed && <StateBadge id={id} />}
      <button
        type="button"
        className={classes(styles.button, styles.run, "nodrag")}
        aria-label={text.runOnly}
        title={text.runOnly}
        disabled={bypassed}
        onClick={() => void useEditor.getState().runOnly(id)}
      >
        <Play size={13} aria-hidden />
      </button>
      <button
        type="button"
        className={classes(styles.button, "nodrag")}
        aria-label={collapsed ? text.expand : text.collapse}
        aria-expanded={!collapsed}
        title={collapsed ? text.expand : text.collapse}
        onClick={fold}
      >
        <Chevron size={15} aria-hidden />
      </button>
    </div>
  );
}

/** Whether a person called it something else than its type. */
const isOwnName = (id: string, type: string): boolean => id.replace(/ \d+$/, "") !== type.replace(/^.*\//, "");
