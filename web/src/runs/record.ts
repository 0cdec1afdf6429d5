import type { RunRecord } from "../server/messages";

/** A run of which nothing more is known. */
export const recordOf = (id: string, known: Partial<RunRecord> = {}): RunRecord => ({
  id,
  name: "",
  state: "running",
  priority: 0,
  created: 0,
  started: null,
  ended: null,
  photo: "",
  targets: null,
  force: [],
  download: true,
  problems: [],
  result: null,
  ...known,
});
