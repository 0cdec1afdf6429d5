import { describe, expect, test } from "vitest";

import { NO_RUNS, reduce } from "../runs/reduce";
import type { WholeRunJson } from "../server/api";
import type { RunRecord } from "../server/messages";
import { isUnread, withPast } from "./pastRun";

const RECORD: RunRecord = {
  id: "r",
  name: "Restore",
  state: "done",
  priority: 0,
  created: 1,
  started: 2,
  ended: 3,
  photo: "",
  targets: null,
  force: [],
  download: true,
  problems: [],
  result: null,
};

const WHOLE = {
  ...RECORD,
  steps: [{ step: "denoise", action: "run", why: "new", key: "k", state: "done", seconds: 1, notes: [], message: "", remedy: "" }],
} as unknown as WholeRunJson;

describe("a run that has ended long ago", () => {
  test("gets the steps that the history has", () => {
    const { runs } = withPast(NO_RUNS, WHOLE);
    expect(runs["r"]?.steps["denoise"]).toMatchObject({ id: "denoise", key: "k", state: "done", fraction: 1 });
    expect(isUnread(runs["r"])).toBe(false);
  });

  test("is unread as long as only its record is known", () => {
    expect(isUnread(undefined)).toBe(true);
    expect(isUnread(reduce(NO_RUNS, { event: "RunEnded", run: RECORD }).runs["r"])).toBe(true);
    expect(isUnread(reduce(NO_RUNS, { event: "RunQueued", run: { ...RECORD, state: "queued" } }).runs["r"])).toBe(false);
  });

  test("keeps what the websocket has told of it", () => {
    const told = withPast(NO_RUNS, WHOLE);
    const again = withPast({ ...NO_RUNS, ...told }, { ...WHOLE, steps: [] });
    expect(again.runs).toBe(told.runs);
  });
});
