import { getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";

import { useFar } from "./far";
import type { FlowEdge } from "./flow";
import styles from "./Wire.module.css";

/** A wire in the colour of its kind. From far away it is thicker, and nobody can catch it. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const isFar = useFar();
  const [path] = getBezierPath(props);
  return (
    <>
      <path className={isFar ? styles.far : styles.wire} d={path} style={{ color: props.data?.colour }} data-selected={props.selected} />
      {!isFar && <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={20} />}
    </>
  );
});
