import type { PhotoJson, ProblemJson } from "../server/api";
import type { RunRecord } from "../server/messages";

/** A photo on the page, and its latest run. */
export interface Job {
  readonly id: string;
  /** As its file is called. */
  readonly name: string;
  /** null until the server has it. */
  readonly photo: PhotoJson | null;
  /** How much of it has left, 0..1. */
  readonly uploaded: number;
  /** Where this browser shows the file itself, while it is on its way; empty where it cannot. */
  readonly local: string;
  /** Why it was not added, or why its run could not begin. */
  readonly problems: readonly ProblemJson[];
  /** Its latest run, as it was last heard of. */
  readonly run: RunRecord | null;
  /** Recipe and settings of that run, as `wishOf` writes them. */
  readonly wish: string;
}

export type JobState = "uploading" | "refused" | "ready" | "waiting" | "running" | "done" | "stale" | "failed" | "cancelled";

/** What is asked for: equal wishes give equal pictures. */
export const wishOf = (recipe: string, values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([recipe, Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))]);

/** How a photo stands, seen from what is asked for now: a result of other settings is stale. */
export function stateOf(job: Job, wish: string): JobState {
  if (!job.photo) return job.problems.length ? "refused" : "uploading";
  switch (job.run?.state) {
    case undefined:
      return job.problems.length ? "failed" : "ready";
    case "queued":
      return "waiting";
    case "running":
      return "running";
    case "done":
      return job.wish === wish ? "done" : "stale";
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
  }
}

export const isBusy = (state: JobState): boolean => state === "waiting" || state === "running";

/** Whether the restore button is about it. */
export const isOpen = (state: JobState): boolean =>
  state === "ready" || state === "stale" || state === "failed" || state === "cancelled";

/** Whether there is a result to look at and to download. */
export const hasResult = (job: Job): boolean => job.run?.state === "done";

/** A run that has ended changes no more. */
export const isEnded = (run: RunRecord): boolean => run.state !== "queued" && run.state !== "running";
