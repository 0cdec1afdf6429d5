import { progressOf } from "../../panels/progress";
import { useStepTitle } from "../../panels/stepTitle";
import type { Run } from "../../runs/reduce";
import { useRuns } from "../../runs/store";
import { useText } from "../../text/language";
import { Progress } from "../../ui/Progress";
import { showNode } from "../chrome/commands/actions";
import { useEditor } from "../editor";
import { useShownRun } from "../shown";
import { failureOf, isUnderWay, secondsOf } from "./state";
import styles from "./Toolbar.module.css";

/** How the run goes that the canvas shows. */
export function RunState() {
  const { toolbar } = useText().graph;
  const run = useShownRun();
  const words = useWords(run);
  const failure = run && failureOf(run);
  return (
    <div className={styles.state}>
      <span role="status" className={styles.words} data-state={run?.record.state} title={words}>
        {words}
      </span>
      {run && isUnderWay(run) && (
        <Progress label={toolbar.progress} share={progressOf(Object.values(run.steps))?.share ?? null} />
      )}
      {failure?.node && (
        <button type="button" className={styles.show} onClick={() => showNode(failure.node ?? "")}>
          {toolbar.showFailed}
        </button>
      )}
    </div>
  );
}

function useWords(run: Run | undefined): string {
  const { toolbar } = useText().graph;
  const starting = useEditor((state) => state.starting);
  const live = useEditor((state) => state.live);
  const refused = useRuns((state) => state.refused[0]?.message);
  const before = useRuns((state) => (run ? state.waiting.indexOf(run.record.id) : 0));
  const titleOf = useStepTitle(useEditor((state) => state.workflow));
  if (starting) return toolbar.starting;
  if (live && refused !== undefined) return toolbar.liveWaits(refused);
  if (!run) return "";
  const file = run.fetching[0];
  if (file) return toolbar.fetching(file.name);
  switch (run.record.state) {
    case "queued":
      return toolbar.waiting(Math.max(before, 0));
    case "failed":
      return failureOf(run)?.message ?? toolbar.failed;
    case "cancelled":
      return toolbar.cancelled;
    case "done": {
      const seconds = secondsOf(run);
      return seconds === null ? "" : toolbar.done(seconds);
    }
    case "running": {
      const progress = progressOf(Object.values(run.steps));
      return progress ? toolbar.running(titleOf(progress.step)) : toolbar.starting;
    }
  }
}
