import type { End, Pair } from "./modes";
import { Histogram } from "./Histogram";
import styles from "./Histograms.module.css";

interface HistogramsProps {
  readonly pair: Pair;
  readonly ends: readonly End[];
  readonly names: Readonly<Record<End, string>>;
}

/** The histograms of what is seen, over a corner of the stage. */
export function Histograms({ pair, ends, names }: HistogramsProps) {
  return (
    <div className={styles.histograms}>
      {ends.map((end) => {
        const picture = pair[end];
        return picture && <Histogram key={end} picture={picture} title={names[end]} />;
      })}
    </div>
  );
}
