import { SquareSplitHorizontal } from "lucide-react";

import type { RunRecord } from "../server/messages";
import { useServed, useText } from "../text/language";
import { Button } from "../ui/Button";
import styles from "./CompareBar.module.css";
import { useFigures } from "../text/figures";
import { photoName } from "./photo";
import { showTwo } from "./showRun";
import { useRunEnds } from "./story";

interface CompareBarProps {
  /** At most two. */
  readonly chosen: readonly RunRecord[];
  readonly onClear: () => void;
}

/** Two runs that were chosen, against each other. */
export function CompareBar({ chosen, onClear }: CompareBarProps) {
  const { history } = useText().panels;
  const served = useServed();
  const { date } = useFigures();
  const [later, earlier] = chosen;
  const laterEnds = useRunEnds(later?.id ?? null);
  const earlierEnds = useRunEnds(earlier?.id ?? null);
  const label = (run: RunRecord) => [served(run.name), photoName(run.photo), date(run.created)].filter(Boolean).join(", ");
  const compare = () => {
    if (!later || !earlier) return;
    showTwo(history.compareTitle, [
      { run: earlier, label: label(earlier), ends: earlierEnds },
      { run: later, label: label(later), ends: laterEnds },
    ]);
  };
  return (
    <div className={styles.bar}>
      <p role="status">{chosen.length ? history.chosen(chosen.length) : history.compareHint}</p>
      {chosen.length > 0 && (
        <Button look="quiet" onClick={onClear}>
          {history.clear}
        </Button>
      )}
      <Button icon={<SquareSplitHorizontal size={18} />} disabled={chosen.length < 2} onClick={compare}>
        {history.compare}
      </Button>
    </div>
  );
}
