import type { Run } from "../../runs/reduce";

export const isUnderWay = (run: Run | undefined): boolean =>
  run?.record.state === "queued" || run?.record.state === "running";

/** Seconds that a run took; null where it never began, or has not ended. */
export const secondsOf = ({ record: { started, ended } }: Run): number | null =>
  started === null || ended === null ? null : ended - started;
