import { useRuns } from "../runs/store";
import type { WholeRunJson } from "../server/api";
import { ask, Refused } from "../server/http";
import { isEnded, type Job } from "./job";
import { useRestore } from "./store";
import { forgetFiles } from "./uploads";

/** Runs that the websocket did not name, and that were asked for by their ids. */
const checked = new Set<string>();

/** Keeps the photos' runs as the server tells of them, for as long as the page is open. Returns what ends that. */
export function watchRuns(): () => void {
  update();
  const endRuns = useRuns.subscribe((state, before) => {
    if (state.runs !== before.runs) update();
  });
  const endJobs = useRestore.subscribe((state, before) => {
    if (state.jobs === before.jobs) return;
    forgetFiles(state.jobs);
    // A run may have ended before the answer to its start is here.
    update();
  });
  return () => {
    endRuns();
    endJobs();
  };
}

function update(): void {
  const { runs, seq } = useRuns.getState();
  const { jobs, change } = useRestore.getState();
  for (const job of jobs) {
    if (!job.run) continue;
    const heard = runs[job.run.id]?.record;
    if (heard && heard !== job.run) change(job.id, { run: heard });
    // Before the first snapshot nobody knows; after it, a run that is not named has ended long ago, or is deleted.
    if (!heard && seq >= 0) void check(job, job.run.id);
  }
}

async function check({ id: job }: Job, id: string): Promise<void> {
  if (checked.has(id)) return;
  checked.add(id);
  try {
    const run = await ask<WholeRunJson>(`/api/runs/${id}`);
    if (isEnded(run)) settle(job, id, { run });
    else checked.delete(id);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) settle(job, id, { run: null, wish: "" });
    else checked.delete(id);
  }
}

/** What was found out of a run, unless its photo has another one by now. */
function settle(job: string, id: string, news: Partial<Job>): void {
  const { jobs, change } = useRestore.getState();
  if (jobs.some((each) => each.id === job && each.run?.id === id)) change(job, news);
}
