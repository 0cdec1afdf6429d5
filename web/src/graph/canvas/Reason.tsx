import { useConnection } from "@xyflow/react";

import { useServed, useText } from "../../text/language";
import { fitNow } from "./connecting";
import { reasonOf } from "./reason";
import styles from "./Wire.module.css";

/** Beside the pointer, while a wire hangs over a socket that it does not fit: why not. */
export function Reason() {
  const words = useText().graph.canvas.misfit;
  const served = useServed();
  const { reason, x, y } = useConnection(({ inProgress, isValid, fromHandle, toHandle, pointer }) => {
    if (!inProgress || isValid !== false || !toHandle) return NOWHERE;
    const [source, target] = fromHandle.type === "source" ? [fromHandle, toHandle] : [toHandle, fromHandle];
    const found =
      fromHandle.type === toHandle.type
        ? words.side[fromHandle.type === "source" ? "output" : "input"]
        : reasonFor({ source: source.nodeId, sourceHandle: source.id ?? null, target: target.nodeId, targetHandle: target.id ?? null });
    return { reason: found, x: pointer.x, y: pointer.y };
  });

  function reasonFor(ends: Parameters<typeof fitNow>[0]): string {
    const result = fitNow(ends);
    return result.ok ? "" : reasonOf(result.reason, words, served);
  }

  return (
    <div role="status">
      {reason && (
        <p className={styles.reason} style={{ translate: `${x + OFF}px ${y + OFF}px` }}>
          {reason}
        </p>
      )}
    </div>
  );
}

const NOWHERE = { reason: "", x: 0, y: 0 };

/** Pixels from the pointer, so that it hides nothing. */
const OFF = 18;
