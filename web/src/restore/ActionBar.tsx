import { Download, ImagePlus, RotateCw, Sparkles, Workflow as Graph, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { goTo } from "../app/route";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Problems } from "../ui/Problems";
import styles from "./ActionBar.module.css";
import { AddPhotos } from "./AddPhotos";
import { DownloadDialog } from "./DownloadDialog";
import { hasResult, isBusy, isOpen, stateOf, type Job } from "./job";
import { LeftOut } from "./LeftOut";
import { Progressing } from "./Progressing";
import { problemsOfJob } from "./problemsOfJob";
import { useRestore, useWish } from "./store";
import { canRetry, retryUpload } from "./uploads";

interface ActionBarProps {
  readonly jobs: readonly Job[];
  readonly shown: Job;
}

/** What can be done next, always in sight: restore, cancel, download. */
export function ActionBar({ jobs, shown }: ActionBarProps) {
  const wish = useWish();
  const states = jobs.map((job) => stateOf(job, wish));
  const isAtWork = states.some(isBusy);
  const state = stateOf(shown, wish);
  return (
    <footer className={styles.bar}>
      <Problems problems={problemsOfJob(shown)} />
      {!isAtWork && <LeftOut job={shown} />}
      {(isAtWork || state === "uploading") && <Progressing jobs={jobs} shown={shown} />}
      <div className={styles.buttons}>
        {isAtWork && <Cancel jobs={jobs} />}
        {state === "refused" && <AfterRefusal id={shown.id} />}
        <Restore jobs={jobs} shown={shown} />
        <Results jobs={jobs} shown={shown} isAtWork={isAtWork} isMain={!states.some(isOpen) && !isAtWork} />
      </div>
      <OpenAsGraph job={shown} />
    </footer>
  );
}

/** Restores every photo that has no result of the chosen recipe and settings yet. */
function Restore({ jobs, shown }: ActionBarProps) {
  const { actions } = useText().restore;
  const wish = useWish();
  const restore = useRestore((state) => state.restore);
  const isStarting = useRestore((state) => state.isStarting);
  const isAtWork = jobs.some((job) => isBusy(stateOf(job, wish)));
  // What failed is tried again when the others are through.
  const open = jobs.filter((job) => isOpen(stateOf(job, wish)) && !(isAtWork && stateOf(job, wish) === "failed"));
  const shownState = stateOf(shown, wish);
  const label =
    open.length > 1 ? actions.all(open.length) : shownState === "stale" ? actions.again : actions.restore;
  const isOneOfMany = open.length > 1 && open.includes(shown);
  const isReady = !isStarting && open.length > 0;
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that brought the photo is gone, and the focus with it: what comes next takes it.
    if (isReady && document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [isReady]);
  if (!open.length && shownState !== "uploading") return null;
  return (
    <>
      {isOneOfMany && (
        <Button disabled={isStarting} onClick={() => void restore([shown.id])}>
          {actions.onlyThis}
        </Button>
      )}
      <Button
        ref={main}
        look="primary"
        className={styles.main}
        icon={shownState === "failed" ? <RotateCw size={18} /> : <Sparkles size={18} />}
        disabled={!isReady}
        onClick={() => void restore(open.map((job) => job.id))}
      >
        {shownState === "failed" && open.length === 1 ? actions.retry : label}
      </Button>
    </>
  );
}

function Cancel({ jobs }: { readonly jobs: readonly Job[] }) {
  const { actions } = useText().restore;
  const cancel = useRestore((state) => state.cancel);
  return (
    <Button icon={<X size={18} />} className={styles.main} onClick={() => void cancel(jobs.map((job) => job.id))}>
      {jobs.length > 1 ? actions.cancelAll : actions.cancel}
    </Button>
  );
}

function AfterRefusal({ id }: { readonly id: string }) {
  const { restore } = useText();
  if (!canRetry(id))
    return (
      <AddPhotos label={restore.chooseOther} icon={<ImagePlus size={18} />} look="primary" className={styles.main} />
    );
  return (
    <Button look="primary" icon={<RotateCw size={18} />} className={styles.main} onClick={() => retryUpload(id)}>
      {restore.actions.retry}
    </Button>
  );
}

interface ResultsProps extends ActionBarProps {
  readonly isAtWork: boolean;
  /** Nothing is left to restore: what most people want next is to have it. */
  readonly isMain: boolean;
}

function Results({ jobs, shown, isAtWork, isMain }: ResultsProps) {
  const { actions } = useText().restore;
  const [asked, setAsked] = useState<readonly Job[]>([]);
  const done = jobs.filter(hasResult);
  return (
    <>
      {done.length > 1 && !isAtWork && <Button onClick={() => setAsked(done)}>{actions.downloadAll}</Button>}
      {hasResult(shown) && (
        <Button
          look={isMain ? "primary" : "usual"}
          icon={<Download size={18} />}
          className={styles.main}
          onClick={() => setAsked([shown])}
        >
          {actions.download}
        </Button>
      )}
      {asked.length > 0 && <DownloadDialog jobs={asked} onClose={() => setAsked([])} />}
    </>
  );
}

function OpenAsGraph({ job }: { readonly job: Job }) {
  const { actions } = useText().restore;
  const recipe = useRestore((state) => state.recipe);
  return (
    <Button
      look="quiet"
      icon={<Graph size={16} />}
      className={styles.graph}
      onClick={() => (job.run ? goTo("graph", { run: job.run.id }) : goTo("graph", { workflow: recipe }))}
    >
      {actions.graph}
    </Button>
  );
}
