import { ChevronDown, ChevronUp, Pause, Play, X } from "lucide-react";

import { cancelRun } from "../runs/start";
import { useRuns } from "../runs/store";
import type { Run } from "../runs/reduce";
import { useServed, useText } from "../text/language";
import { Button, IconButton } from "../ui/Button";
import { Progress } from "../ui/Progress";
import { attempt } from "./attempt";
import { photoName, photoPicture } from "./photo";
import { progressOf } from "./progress";
import { moveRun, pauseQueue, resumeQueue } from "./queue";
import styles from "./QueueList.module.css";
import { SmallPicture } from "./SmallPicture";
import { useStepTitle } from "./stepTitle";
import { useRunWorkflow } from "./story";

/** Of a long line, those that are shown. */
const SHOWN = 50;

/** What works and what waits; nothing where the queue is empty and goes on. */
export function QueueList() {
  const { queue } = useText().panels;
  const runs = useRuns((state) => state.runs);
  const waiting = useRuns((state) => state.waiting);
  const isPaused = useRuns((state) => state.paused);
  const running = Object.values(runs).filter(({ record }) => record.state === "running" && !record.id.startsWith("live-"));
  if (!running.length && !waiting.length && !isPaused) return null;
  return (
    <section className={styles.queue} aria-label={queue.title}>
      <header className={styles.header}>
        <h2>{queue.title}</h2>
        {isPaused && <p className={styles.paused}>{queue.paused}</p>}
        <Button
          icon={isPaused ? <Play size={16} /> : <Pause size={16} />}
          onClick={() => void attempt(isPaused ? resumeQueue : pauseQueue)}
        >
          {isPaused ? queue.resume : queue.pause}
        </Button>
      </header>
      <ol className={styles.list}>
        {running.map((run) => (
          <Running key={run.record.id} run={run} />
        ))}
        {waiting.slice(0, SHOWN).map((id, place) => {
          const run = runs[id];
          return run && <Waiting key={id} run={run} place={place} isLast={place === waiting.length - 1} />;
        })}
      </ol>
      {waiting.length > SHOWN && <p className={styles.quiet}>{queue.more(waiting.length - SHOWN)}</p>}
    </section>
  );
}

function Running({ run }: { readonly run: Run }) {
  const { queue } = useText().panels;
  const title = useStepTitle(useRunWorkflow(run.record.id));
  const [file] = run.fetching;
  const progress = progressOf(Object.values(run.steps));
  const words = file
    ? queue.fetching(file.name)
    : progress
      ? queue.step(title(progress.step), progress.now, progress.all)
      : queue.starting;
  const share = file ? (file.total ? file.done / file.total : null) : (progress?.share ?? 0);
  return (
    <li className={styles.run}>
      <SmallPicture picture={photoPicture(run.record.photo)} isWaiting />
      <div className={styles.words}>
        <Name run={run} />
        <Progress share={share} label={words} />
        <p className={styles.quiet}>{words}</p>
      </div>
      <CancelRun run={run} />
    </li>
  );
}

interface WaitingProps {
  readonly run: Run;
  /** In line, from 0. */
  readonly place: number;
  readonly isLast: boolean;
}

function Waiting({ run, place, isLast }: WaitingProps) {
  const { queue } = useText().panels;
  const served = useServed();
  const { id, name } = run.record;
  return (
    <li className={styles.run}>
      <SmallPicture picture={photoPicture(run.record.photo)} isWaiting />
      <div className={styles.words}>
        <Name run={run} />
        <p className={styles.quiet}>{queue.place(place + 1)}</p>
      </div>
      <IconButton
        label={queue.up(served(name))}
        icon={<ChevronUp size={18} />}
        disabled={place === 0}
        onClick={() => void attempt(() => moveRun(id, place - 1))}
      />
      <IconButton
        label={queue.down(served(name))}
        icon={<ChevronDown size={18} />}
        disabled={isLast}
        onClick={() => void attempt(() => moveRun(id, place + 1))}
      />
      <CancelRun run={run} />
    </li>
  );
}

function Name({ run }: { readonly run: Run }) {
  const served = useServed();
  const { name, photo } = run.record;
  return (
    <p className={styles.name}>
      <strong>{served(name)}</strong> {photoName(photo)}
    </p>
  );
}

function CancelRun({ run }: { readonly run: Run }) {
  const { queue } = useText().panels;
  const served = useServed();
  const { id, name } = run.record;
  return (
    <IconButton
      label={queue.cancel(served(name))}
      icon={<X size={18} />}
      onClick={() => void attempt(() => cancelRun(id))}
    />
  );
}
