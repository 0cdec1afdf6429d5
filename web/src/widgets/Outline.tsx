import { toStage, type View } from "../viewer/view";
import type { Marks } from "./marks";
import styles from "./Outline.module.css";

interface OutlineProps {
  readonly corners: Marks;
  readonly view: View;
}

/** A closed shape over the photo. */
export function Outline({ corners, view }: OutlineProps) {
  const places = corners.map(([x, y]) => toStage(view, { x, y }));
  return (
    <svg className={styles.outline} aria-hidden>
      <polygon points={places.map(({ x, y }) => `${x},${y}`).join(" ")} className={styles.under} />
      <polygon points={places.map(({ x, y }) => `${x},${y}`).join(" ")} className={styles.over} />
    </svg>
  );
}
