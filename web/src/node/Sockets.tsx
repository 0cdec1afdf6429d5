import { Handle, Position } from "@xyflow/react";
import { memo } from "react";

import type { NodeJson } from "../server/api";
import { useCatalogue } from "../server/catalogue";
import { useServed, useText } from "../text/language";
import { labelOf } from "../widgets/labels";
import { classes } from "../ui/classes";
import { GAP, SOCKET, socketY } from "./layout";
import styles from "./Sockets.module.css";

interface SocketsProps {
  readonly node: NodeJson;
  readonly collapsed: boolean;
}

/** Where wires end: inputs on the left, outputs on the right. */
export const Sockets = memo(function Sockets({ node, collapsed }: SocketsProps) {
  const inputs = Object.entries(node.inputs);
  const outputs = Object.entries(node.outputs);
  const rows = Math.max(inputs.length, outputs.length);
  return (
    <div style={{ height: collapsed ? 0 : rows * SOCKET + 2 * GAP }}>
      {inputs.map(([port, { kind, optional }], row) => (
        <Socket key={port} side="input" port={port} kind={kind} optional={optional} row={row} collapsed={collapsed} />
      ))}
      {outputs.map(([port, { kind }], row) => (
        <Socket key={port} side="output" port={port} kind={kind} row={row} collapsed={collapsed} />
      ))}
    </div>
  );
});

interface SocketProps {
  readonly side: "input" | "output";
  readonly port: string;
  readonly kind: string;
  readonly optional?: boolean;
  readonly row: number;
  readonly collapsed: boolean;
}

function Socket({ side, port, kind, optional = false, row, collapsed }: SocketProps) {
  const text = useText().node;
  const served = useServed();
  const colour = useCatalogue((state) => state.catalogue?.kinds.get(kind)?.colour ?? "var(--line-strong)");
  const words = served(labelOf(port));
  const label = optional ? text.optional(words) : words;
  const top = socketY(row, collapsed);
  return (
    <>
      <Handle
        id={port}
        type={side === "input" ? "target" : "source"}
        position={side === "input" ? Position.Left : Position.Right}
        className={classes(styles.handle, optional && styles.optional)}
        style={{ top, color: colour }}
        title={text.socket(label, served(labelOf(kind)))}
      />
      {!collapsed && (
        <span className={classes(styles.label, styles[side])} style={{ top: top - SOCKET / 2, height: SOCKET }}>
          {words}
        </span>
      )}
    </>
  );
}
