import { Pause, Play } from "lucide-react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { Segmented } from "../ui/Segmented";
import { ENDS, type End } from "./modes";
import type { Blink } from "./useBlink";
import styles from "./ZoomBar.module.css";

interface EndBarProps {
  readonly blink: Blink;
  readonly names: Readonly<Record<End, string>>;
  /** Whether it changes by itself. */
  readonly mayPlay: boolean;
}

/** Which of the two is seen. */
export function EndBar({ blink: { end, show, plays, play }, names, mayPlay }: EndBarProps) {
  const { viewer } = useText();
  const options = ENDS.map((value) => ({ value, label: names[value] }));
  return (
    <div className={styles.bar}>
      <Segmented label={viewer.seen} options={options} value={end} onChange={show} />
      {mayPlay && (
        <IconButton
          label={plays ? viewer.pause : viewer.play}
          icon={plays ? <Pause size={18} /> : <Play size={18} />}
          onClick={() => play(!plays)}
        />
      )}
    </div>
  );
}
