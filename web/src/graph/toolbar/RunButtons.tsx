import { Play, Square, Zap } from "lucide-react";

import { useText } from "../../text/language";
import { Button } from "../../ui/Button";
import { useEditor } from "../editor";
import { useShownRun } from "../shown";
import { isUnderWay } from "./state";
import styles from "./Toolbar.module.css";

/** Run, or cancel what runs; live mode on and off. */
export function RunButtons() {
  const { toolbar } = useText().graph;
  const live = useEditor((state) => state.live);
  const starting = useEditor((state) => state.starting);
  const isEmpty = useEditor((state) => !Object.keys(state.workflow.nodes).length);
  const isBusy = isUnderWay(useShownRun()) && !live;
  const { setLive, runAll, cancel } = useEditor.getState();
  return (
    <div className={styles.group}>
      <Button
        look="quiet"
        aria-pressed={live}
        disabled={isEmpty}
        title={toolbar.liveHint}
        icon={<Zap size={16} aria-hidden />}
        onClick={() => void setLive(!live)}
      >
        {toolbar.live}
      </Button>
      {isBusy ? (
        <Button className={styles.run} icon={<Square size={14} aria-hidden />} onClick={() => void cancel()}>
          {toolbar.cancel}
        </Button>
      ) : (
        <Button
          look="primary"
          className={styles.run}
          disabled={isEmpty || starting}
          icon={<Play size={16} aria-hidden />}
          onClick={() => void runAll()}
        >
          {toolbar.run}
        </Button>
      )}
    </div>
  );
}
