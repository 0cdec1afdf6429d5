import { getBezierPath, type ConnectionLineComponentProps } from "@xyflow/react";

import { kindOfInput } from "../../document/connect";
import { useCatalogue } from "../../server/catalogue";
import { useEditor } from "../editor";
import { colourOf, type FlowNode } from "./flow";
import styles from "./Wire.module.css";

/** The wire that is being drawn, from a socket to the pointer. */
export function WireInHand(props: ConnectionLineComponentProps<FlowNode>) {
  const colour = useColour(props.fromNode.id, props.fromHandle.id ?? "", props.fromHandle.type === "source");
  const [path] = getBezierPath({
    sourceX: props.fromX,
    sourceY: props.fromY,
    sourcePosition: props.fromPosition,
    targetX: props.toX,
    targetY: props.toY,
    targetPosition: props.toPosition,
  });
  return <path className={styles.hand} d={path} style={{ color: colour }} data-fits={props.connectionStatus === "invalid" ? "no" : "yes"} />;
}

function useColour(id: string, port: string, isOutput: boolean): string {
  const workflow = useEditor((state) => state.workflow);
  const catalogue = useCatalogue((state) => state.catalogue);
  if (!catalogue) return "inherit";
  if (isOutput) return colourOf(workflow, catalogue, [id, port]);
  const kind = kindOfInput(workflow, catalogue, [id, port]);
  return (kind !== undefined && catalogue.kinds.get(kind)?.colour) || "inherit";
}
