import type { NodeProps } from "@xyflow/react";
import { useMemo } from "react";

import { isCollapsed } from "../document/edits";
import type { StepNode } from "../graph/canvas/flow";
import { useEditor } from "../graph/editor";
import { useCatalogue } from "../server/catalogue";
import { classes } from "../ui/classes";
import { CardHeader } from "./CardHeader";
import { cardSize, hasPicture } from "./layout";
import styles from "./NodeCard.module.css";
import { Settings } from "./Settings";
import { Sockets } from "./Sockets";
import { StateLine } from "./StateLine";
import { StepPicture } from "./StepPicture";
import { UnknownCard } from "./UnknownCard";

export type CardProps = NodeProps<StepNode>;

/** Any node of the catalogue. It is drawn again only when its own box changes: each part reads what it shows itself. */
export function NodeCard({ id, selected }: CardProps) {
  const box = useEditor((state) => state.workflow.nodes[id]);
  const collapsed = useEditor((state) => isCollapsed(state.workflow, id));
  const node = useCatalogue((state) => state.catalogue?.nodes.get(box?.type ?? ""));
  const size = useMemo(() => node && cardSize(node, collapsed), [node, collapsed]);
  if (!box) return null;
  if (!node) return <UnknownCard id={id} box={box} selected={selected} />;
  const bypassed = box.bypass === true;
  return (
    <div
      className={classes(styles.card, selected && styles.selected, bypassed && styles.bypassed)}
      style={size}
      data-collapsed={collapsed}
    >
      <CardHeader id={id} node={node} collapsed={collapsed} bypassed={bypassed} />
      <Sockets node={node} collapsed={collapsed} />
      {!collapsed && (
        <>
          <Settings id={id} node={node} values={box.settings} />
          {hasPicture(node) && <StepPicture id={id} node={node} />}
          <StateLine id={id} bypassed={bypassed} />
        </>
      )}
    </div>
  );
}
