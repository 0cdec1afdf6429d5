import { useImperativeHandle, useRef, type Ref } from "react";

import type { Pen } from "./pen";
import styles from "./Ring.module.css";

export interface RingHandle {
  /** Where on the stage; null hides it. */
  readonly move: (at: { readonly x: number; readonly y: number } | null) => void;
}

interface RingProps {
  readonly pen: Pen;
  /** Of the brush, in pixels of the stage. */
  readonly size: number;
  readonly ref?: Ref<RingHandle>;
}

/** What the brush will touch. It follows the pointer without being drawn by React. */
export function Ring({ pen, size, ref }: RingProps) {
  const ring = useRef<SVGGElement>(null);
  useImperativeHandle(ref, () => ({
    move: (at) => {
      ring.current?.setAttribute("visibility", at ? "visible" : "hidden");
      if (at) ring.current?.setAttribute("transform", `translate(${at.x} ${at.y})`);
    },
  }));
  // Tools that have no width are a cross, and so is a brush that is too small to be seen.
  const radius = pen.tool === "brush" || pen.tool === "line" ? size / 2 : 0;
  return (
    <g ref={ring} visibility="hidden" className={styles.ring}>
      {radius < 3 && <path className={styles.dark} d="M-9 0h5M4 0h5M0 -9v5M0 4v5" />}
      {radius < 3 && <path className={styles.light} d="M-9 0h5M4 0h5M0 -9v5M0 4v5" />}
      {radius > 0 && <circle className={styles.dark} r={radius} />}
      {radius > 0 && <circle className={styles.light} r={radius} />}
      {radius > 12 && pen.tool === "brush" && pen.hardness < 0.95 && (
        <circle className={styles.core} r={radius * pen.hardness} />
      )}
    </g>
  );
}
