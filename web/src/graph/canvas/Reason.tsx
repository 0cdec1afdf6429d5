import { useConnection, useStore, type ConnectionState } from "@xyflow/react";
import type { CSSProperties } from "react";

import { useServed, useText } from "../../text/language";
import { labelOf } from "../../widgets/labels";
import { fitNow } from "./connecting";
import { reasonOf } from "./misfit";
import styles from "./Wire.module.css";

/** Beside the pointer, while a wire hangs over a socket that it does not fit: why not. */
export function Reason() {
  const words = useText().graph.canvas.misfit;
  const served = useServed();
  const { x, y, ...hanging } = useConnection(hangingOver);
  const width = useStore((state) => state.width);
  const reason = hanging.source === "" ? "" : sayWhy(hanging);

  function sayWhy({ source, sourceHandle, target, targetHandle, side }: Hanging): string {
    if (side) return words.side[side];
    const fit = fitNow({ source, sourceHandle, target, targetHandle });
    return fit.ok ? "" : reasonOf(fit.reason, words, (kind) => served(labelOf(kind)));
  }

  return (
    <div role="status">
      {reason && (
        <p className={styles.reason} style={beside(x, y, width)}>
          {reason}
        </p>
      )}
    </div>
  );
}

interface Hanging {
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
  /** Both ends are of this side; empty where they are not. */
  readonly side: "input" | "output" | "";
}

const NOWHERE = { source: "", sourceHandle: "", target: "", targetHandle: "", side: "", x: 0, y: 0 } as const;

/** The socket that the wire in hand hangs over without fitting, in plain values: it is the same until they change. */
function hangingOver({ inProgress, isValid, fromHandle, toHandle, pointer }: ConnectionState): Hanging & { x: number; y: number } {
  if (!inProgress || isValid !== false || !toHandle) return NOWHERE;
  const isOutput = fromHandle.type === "source";
  const [output, input] = isOutput ? [fromHandle, toHandle] : [toHandle, fromHandle];
  return {
    source: output.nodeId,
    sourceHandle: output.id ?? "",
    target: input.nodeId,
    targetHandle: input.id ?? "",
    side: fromHandle.type === toHandle.type ? (isOutput ? "output" : "input") : "",
    x: pointer.x,
    y: pointer.y,
  };
}

/** Pixels from the pointer, so that it hides nothing. */
const OFF = 18;
const WIDEST = 320;

const beside = (x: number, y: number, width: number): CSSProperties =>
  x + OFF + WIDEST > width ? { right: width - x + OFF, top: y + OFF } : { left: x + OFF, top: y + OFF };
