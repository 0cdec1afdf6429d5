import type { Run } from "../../runs/reduce";
import type { Problem } from "../../ui/Problems";

export const isUnderWay = (run: Run | undefined): boolean =>
  run?.record.state === "queued" || run?.record.state === "running";

/** Seconds that a run took; null where it never began, or has not ended. */
export const secondsOf = ({ record: { started, ended } }: Run): number | null =>
  started === null || ended === null ? null : ended - started;

/** Why a run failed, in the first place: at a node, or before any could begin. */
export function failureOf({ record, steps }: Run): Problem | undefined {
  if (record.state !== "failed") return undefined;
  const step = Object.values(steps).find(({ state }) => state === "failed");
  if (step) return { message: step.message, remedy: step.remedy, node: step.id };
  // What the server tells has the same shape as what it answers.
  return record.problems[0] as Problem | undefined;
}
