import { Handle, Position } from "@xyflow/react";
import { CircleHelp } from "lucide-react";

import { wiresOf } from "../document/wiring";
import type { Box, Workflow } from "../document/workflow";
import { useEditor } from "../graph/editor";
import { useText } from "../text/language";
import { classes } from "../ui/classes";
import card from "./NodeCard.module.css";
import { HEADER, SOCKET, socketY, WIDTH } from "./layout";
import sockets from "./Sockets.module.css";
import styles from "./UnknownCard.module.css";

interface UnknownCardProps {
  readonly id: string;
  readonly box: Box;
  readonly selected: boolean;
}

/** A node that the server does not have. It keeps its wires and its settings, so that nothing is lost by saving. */
export function UnknownCard({ id, box, selected }: UnknownCardProps) {
  const text = useText().node;
  const inputs = Object.keys(box.inputs ?? {});
  const outputs = useEditor((state) => usedOutputs(state.workflow, id).join("\n"));
  const ports = outputs ? outputs.split("\n") : [];
  const rows = Math.max(inputs.length, ports.length);
  return (
    <div className={classes(card.card, styles.unknown, selected && card.selected)} style={{ width: WIDTH }}>
      <div className={styles.header} style={{ height: HEADER }}>
        <CircleHelp size={16} aria-hidden />
        <span className={styles.title}>{box.type}</span>
      </div>
      <div style={{ height: rows * SOCKET }} />
      {inputs.map((port, row) => (
        <Handle
          key={port}
          id={port}
          type="target"
          position={Position.Left}
          className={sockets.handle}
          style={{ top: socketY(row, false), color: "var(--line-strong)" }}
          title={port}
        />
      ))}
      {ports.map((port, row) => (
        <Handle
          key={port}
          id={port}
          type="source"
          position={Position.Right}
          className={sockets.handle}
          style={{ top: socketY(row, false), color: "var(--line-strong)" }}
          title={port}
        />
      ))}
      <p className={styles.words}>
        {text.unknown} {text.unknownRemedy}
      </p>
    </div>
  );
}

/** Those of its outputs that feed something: all that is known of them. */
const usedOutputs = (workflow: Workflow, id: string): readonly string[] => [
  ...new Set(wiresOf(workflow).flatMap(({ from }) => (from[0] === id ? [from[1]] : []))),
];
