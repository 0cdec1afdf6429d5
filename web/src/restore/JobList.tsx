import { Check, CircleAlert, CircleSlash, Clock, ImageIcon, LoaderCircle, RefreshCw, X } from "lucide-react";
import { useState, type ReactNode } from "react";

import { progressOf } from "../panels/progress";
import { useRun } from "../runs/store";
import { thumbnailUrl } from "../server/addresses";
import { useText } from "../text/language";
import { classes } from "../ui/classes";
import { stateOf, type Job, type JobState } from "./job";
import styles from "./JobList.module.css";
import { useRestore, useWish } from "./store";

interface JobListProps {
  readonly jobs: readonly Job[];
  readonly shown: string;
}

/** Several photos, each with what has become of it. */
export function JobList({ jobs, shown }: JobListProps) {
  const { restore } = useText();
  return (
    <ul className={styles.list} aria-label={restore.photos.title}>
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} isShown={job.id === shown} />
      ))}
    </ul>
  );
}

function JobItem({ job, isShown }: { readonly job: Job; readonly isShown: boolean }) {
  const { restore } = useText();
  const wish = useWish();
  const show = useRestore((state) => state.show);
  const remove = useRestore((state) => state.remove);
  const state = stateOf(job, wish);
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.show}
        aria-current={isShown}
        aria-label={`${restore.photos.show(job.name)}: ${restore.state[state]}`}
        title={`${job.name}: ${restore.state[state]}`}
        onClick={() => show(job.id)}
      >
        <Thumbnail job={job} />
        <span className={classes(styles.state, styles[state])} aria-hidden>
          {ICONS[state]}
        </span>
        <Share job={job} state={state} />
      </button>
      <button
        type="button"
        className={styles.remove}
        aria-label={restore.photos.remove(job.name)}
        title={restore.photos.remove(job.name)}
        onClick={() => remove(job.id)}
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}

function Thumbnail({ job }: { readonly job: Job }) {
  const [broken, setBroken] = useState("");
  const url = job.photo ? thumbnailUrl(job.photo.sha256, 256) : job.local;
  if (!url || url === broken)
    return (
      <span className={classes(styles.thumbnail, styles.blank)}>
        <ImageIcon size={24} strokeWidth={1.25} aria-hidden />
      </span>
    );
  return <img src={url} alt="" className={styles.thumbnail} draggable={false} onError={() => setBroken(url)} />;
}

/** How far this one is, as a line along its lower edge. */
function Share({ job, state }: { readonly job: Job; readonly state: JobState }) {
  const run = useRun(job.run?.id ?? null);
  const share =
    state === "uploading" ? job.uploaded : state === "running" ? (progressOf(Object.values(run?.steps ?? {}))?.share ?? 0) : 0;
  return <span className={styles.share} style={{ width: `${share * 100}%` }} aria-hidden />;
}

const ICONS: Readonly<Record<JobState, ReactNode>> = {
  uploading: <LoaderCircle size={14} />,
  refused: <CircleAlert size={14} />,
  ready: null,
  waiting: <Clock size={14} />,
  running: <LoaderCircle size={14} />,
  done: <Check size={14} />,
  stale: <RefreshCw size={14} />,
  failed: <CircleAlert size={14} />,
  cancelled: <CircleSlash size={14} />,
};
