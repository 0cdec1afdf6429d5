import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { NO_RUNS, reduceFrame } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { Message, RunRecord } from "../server/messages";
import type { Job } from "./job";
import { useRestore } from "./store";
import { watchRuns } from "./watch";
import { recordOf } from "../runs/record";

const record = (state: RunRecord["state"]): RunRecord => recordOf("run", { name: "Restore", state });

const JOB: Job = { id: "a", name: "a", photo: null, uploaded: 1, local: "", problems: [], run: null, wish: "" };

const hear = (...messages: readonly Message[]) => useRuns.setState((state) => reduceFrame(state, messages));
const heardState = () => useRestore.getState().jobs[0]?.run?.state;

let end: () => void;

beforeEach(() => {
  useRuns.setState(NO_RUNS);
  useRestore.setState({ jobs: [JOB] });
  end = watchRuns();
});

afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("keeps a photo's run as the server tells of it", () => {
  useRestore.getState().change("a", { run: record("queued") });
  hear({ event: "RunQueued", run: record("queued") });
  hear({ event: "RunStarted", run: "run", started: 1 });
  expect(heardState()).toBe("running");
  hear({ event: "RunEnded", run: record("done") });
  expect(heardState()).toBe("done");
});

it("knows of a run that ended before the answer to its start came", () => {
  hear({ event: "RunQueued", run: record("queued") }, { event: "RunEnded", run: record("done") });
  useRestore.getState().change("a", { run: record("queued") });
  expect(heardState()).toBe("done");
});

it("asks for a run that the server does not name, and forgets one that is gone", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ problems: [] }, { status: 404 })));
  useRestore.getState().change("a", { run: record("running") });
  useRuns.setState({ seq: 1 });
  hear({ event: "Snapshot", waiting: [], paused: false, running: [], ended: [], downloads: [] });
  await vi.waitFor(() => expect(useRestore.getState().jobs[0]?.run).toBeNull());
});
