import { progressOf } from "../panels/progress";
import { useStepTitle } from "../panels/stepTitle";
import { useRunWorkflow } from "../panels/story";
import { useRun, useRuns } from "../runs/store";
import { useText } from "../text/language";
import { Progress } from "../ui/Progress";
import { hasResult, isBusy, stateOf, type Job } from "./job";
import styles from "./Progressing.module.css";
import { useWish } from "./store";

interface ProgressingProps {
  readonly jobs: readonly Job[];
  readonly shown: Job;
}

/** What happens right now: of the photo that is seen, or else of the one that is worked on. */
export function Progressing({ jobs, shown }: ProgressingProps) {
  const { restore, node } = useText();
  const wish = useWish();
  const watched = watchedOf(jobs, shown, wish);
  const words = useWords(watched);
  const added = jobs.filter((job) => job.photo);
  return (
    <div className={styles.progressing}>
      {words.sketch && <img src={words.sketch} alt={node.takingShape(words.what)} className={styles.sketch} />}
      <p className={styles.words} role="status">
        <span className={styles.what}>{words.what}</span>
        <span className={styles.where}>{words.where}</span>
      </p>
      <Progress label={restore.running.progress} share={words.share} />
      {added.length > 1 && (
        <p className={styles.where}>{restore.photos.done(added.filter(hasResult).length, added.length)}</p>
      )}
    </div>
  );
}

function watchedOf(jobs: readonly Job[], shown: Job, wish: string): Job {
  const state = stateOf(shown, wish);
  if (state === "uploading" || isBusy(state)) return shown;
  return (
    jobs.find((job) => stateOf(job, wish) === "running") ?? jobs.find((job) => isBusy(stateOf(job, wish))) ?? shown
  );
}

interface Words {
  readonly what: string;
  readonly where: string;
  readonly share: number | null;
  /** What the step has so far; empty where it draws nothing. */
  readonly sketch: string;
}

function useWords(job: Job): Words {
  const { running } = useText().restore;
  const run = useRun(job.run?.id ?? null);
  const isPaused = useRuns((state) => state.paused);
  const title = useStepTitle(useRunWorkflow(job.run?.id ?? null));
  if (!job.photo) return { what: running.uploading, where: "", share: job.uploaded, sketch: "" };
  if (!run || run.record.state === "queued")
    return { what: isPaused ? running.paused : running.waiting, where: "", share: 0, sketch: "" };
  const [file] = run.fetching;
  if (file) {
    const share = file.total ? file.done / file.total : null;
    return { what: running.fetching(file.name), where: "", share, sketch: "" };
  }
  const progress = progressOf(Object.values(run.steps));
  if (!progress) return { what: running.starting, where: "", share: 0, sketch: "" };
  return {
    what: title(progress.step),
    where: running.step(progress.now, progress.all),
    share: progress.share,
    sketch: run.steps[progress.step]?.sketch ?? "",
  };
}
