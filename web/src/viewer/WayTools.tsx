import { useText } from "../text/language";
import { EndBar } from "./EndBar";
import type { End } from "./modes";
import { Range } from "./Range";
import type { MaskShown } from "./useMask";
import type { ChosenWay } from "./useWay";
import styles from "./WayTools.module.css";

interface WayToolsProps {
  readonly chosen: ChosenWay;
  readonly names: Readonly<Record<End, string>>;
  readonly mask: MaskShown;
  /** Whether there are two pictures to compare. */
  readonly both: boolean;
}

/** What the chosen way can be set to, over a corner of the stage: the bar stays as it is. */
export function WayTools({ chosen, names, mask, both }: WayToolsProps) {
  const { viewer } = useText();
  const { mode } = chosen.way;
  const ends = both && (mode === "blink" || mode === "one");
  const gain = both && mode === "difference";
  if (!ends && !gain && !mask.on) return null;
  return (
    <div className={styles.tools}>
      {ends && <EndBar blink={chosen.blink} names={names} mayPlay={mode === "blink"} />}
      {gain && <Range label={viewer.gain} min={1} max={16} step={1} value={chosen.gain} onChange={chosen.amplify} />}
      {mask.on && (
        <Range
          label={viewer.opacity}
          min={0.1}
          max={1}
          step={0.05}
          value={mask.opacity}
          onChange={(opacity) => mask.change({ opacity })}
        />
      )}
    </div>
  );
}
