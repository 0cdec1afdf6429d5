import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { Message, PlannedStep, RunRecord, RunView, Snapshot, StepView } from "../server/messages";
import { beginLive, NO_RUNS, reduce, reduceFrame, type Runs } from "./reduce";
import { recordOf } from "./record";

const record = (id: string, state: RunRecord["state"] = "queued"): RunRecord => recordOf(id, { name: id, state, created: 1 });

const plan = (id: string, action: PlannedStep["action"] = "run"): PlannedStep => ({
  id,
  action,
  why: "because",
  notes: [],
  key: `key of ${id}`,
  fallback: "",
});

const SKETCH = "data:image/webp;base64,AAAA";

const STEPS = ["load", "denoise", "save"] as const;

const after = (messages: readonly Message[], start: Runs = NO_RUNS): Runs => messages.reduce(reduce, start);

/** What the server says of one run, in the order in which it may. */
const lives = (run: string): fc.Arbitrary<readonly Message[]> =>
  fc
    .record({
      fetches: fc.boolean(),
      actions: fc.tuple(...STEPS.map(() => fc.constantFrom<PlannedStep["action"][]>("run", "cached", "unneeded"))),
      ends: fc.tuple(...STEPS.map(() => fc.constantFrom("done", "failed", "blocked"))),
      length: fc.nat({ max: 20 }),
    })
    .map(({ fetches, actions, ends, length }) => {
      const messages: Message[] = [
        { event: "RunQueued", run: record(run) },
        { event: "RunStarted", run, started: 2 },
      ];
      if (fetches) messages.push({ event: "Fetching", run, name: "model", done: 1, total: 2 }, { event: "Fetching", run, name: "model", done: 2, total: 2 });
      messages.push({ event: "RunPlanned", run, steps: STEPS.map((id, index) => plan(id, actions[index])) });
      for (const [index, step] of STEPS.entries()) {
        if (actions[index] !== "run") continue;
        messages.push(...endOf(run, step, ends[index] ?? "done"));
      }
      messages.push({ event: "RunWarned", run, message: "Look." });
      messages.push({ event: "RunFinished", run, status: "done", seconds: 3 });
      messages.push({ event: "RunEnded", run: { ...record(run, "done"), ended: 5 } });
      return messages.slice(0, length);
    });

function endOf(run: string, step: string, end: string): readonly Message[] {
  if (end === "blocked") return [{ event: "StepBlocked", run, step, by: "load" }];
  const start: readonly Message[] = [
    { event: "StepStarted", run, step },
    { event: "StepProgress", run, step, fraction: 0.25, sketch: SKETCH },
    { event: "StepProgress", run, step, fraction: 0.5, sketch: "" },
  ];
  if (end === "failed") return [...start, { event: "StepFailed", run, step, message: "No.", remedy: "Yes." }];
  return [...start, { event: "StepDone", run, step, seconds: 1, notes: ["a note"], stored: true }];
}

/** Two runs whose messages are mixed, each in its own order. */
const histories = fc.tuple(lives("a"), lives("b"), fc.array(fc.boolean(), { maxLength: 40 })).map(([one, other, turns]) => {
  const left = [[...one], [...other]];
  const mixed: Message[] = [];
  for (const turn of [...turns, ...Array<boolean>(40).fill(true), ...Array<boolean>(40).fill(false)]) {
    const next = left[turn ? 0 : 1]?.shift();
    if (next) mixed.push(next);
  }
  return mixed;
});

/** The snapshot that a server in this state would send. */
function snapshotOf(state: Runs): Snapshot {
  const all = Object.values(state.runs);
  const over = (run: RunRecord) => run.ended !== null;
  return {
    event: "Snapshot",
    waiting: state.waiting.map((id) => state.runs[id]?.record ?? record(id)),
    paused: state.paused,
    running: all
      .filter((run) => !over(run.record) && !state.waiting.includes(run.record.id))
      .map((run): RunView => ({ run: run.record, steps: Object.values(run.steps), warnings: run.warnings, fetching: run.fetching })),
    ended: all.map((run) => run.record).filter(over),
    downloads: Object.values(state.downloads),
  };
}

describe("events", () => {
  test("replayed give what a snapshot shows, for one who was there all the time", () =>
    fc.assert(
      fc.property(histories, (messages) => {
        const state = after(messages);
        expect(reduce(state, snapshotOf(state))).toEqual(state);
      }),
    ));

  test("go on from a snapshot as they would have without a break", () =>
    fc.assert(
      fc.property(histories, fc.nat({ max: 40 }), (messages, cut) => {
        const before = after(messages.slice(0, cut));
        // Ended runs come without their steps: who was away has them only of those that still ran.
        fc.pre(Object.values(before.runs).every((run) => run.record.ended === null));
        const resumed = after(messages.slice(cut), reduce(NO_RUNS, snapshotOf(before)));
        expect(resumed).toEqual(after(messages));
      }),
    ));

  test("on runs that nobody knows change nothing", () =>
    fc.assert(
      fc.property(lives("a"), lives("b"), (known, unknown) => {
        const state = after(known);
        const strange = unknown.filter((message) => message.event !== "RunQueued" && message.event !== "RunEnded");
        const next = after(strange, state);
        expect(next.runs).toEqual(state.runs);
        expect(next.waiting).toEqual(state.waiting);
      }),
    ));

  test("never change a state in place", () =>
    fc.assert(
      fc.property(histories, (messages) => {
        const states = [NO_RUNS];
        const copies = [structuredClone(NO_RUNS)];
        for (const message of messages) {
          const next = reduce(states.at(-1) ?? NO_RUNS, message);
          states.push(next);
          copies.push(structuredClone(next));
        }
        expect(states).toEqual(copies);
      }),
    ));

  it("touch only the step that they name", () => {
    const before = after([
      { event: "RunQueued", run: record("a") },
      { event: "RunPlanned", run: "a", steps: STEPS.map((id) => plan(id)) },
    ]);
    const next = reduce(before, { event: "StepProgress", run: "a", step: "denoise", fraction: 0.25, sketch: "" });
    expect(next.runs["a"]?.steps["load"]).toBe(before.runs["a"]?.steps["load"]);
    expect(next.runs["a"]?.steps["denoise"]?.fraction).toBe(0.25);
    expect(reduce(next, { event: "StepStarted", run: "a", step: "nobody" }).runs["a"]).toEqual(next.runs["a"]);
  });

  it("tell how a step fares", () => {
    const step = (message: Message): StepView | undefined =>
      after([{ event: "RunQueued", run: record("a") }, { event: "RunPlanned", run: "a", steps: [plan("s")] }, message]).runs["a"]?.steps["s"];
    expect(step({ event: "StepStarted", run: "a", step: "s" })).toMatchObject({ state: "running", fraction: 0 });
    expect(step({ event: "StepDone", run: "a", step: "s", seconds: 2, notes: ["n"], stored: false })).toMatchObject({ state: "done", seconds: 2, notes: ["n"] });
    expect(step({ event: "StepFailed", run: "a", step: "s", message: "m", remedy: "r" })).toMatchObject({ state: "failed", message: "m", remedy: "r" });
    expect(step({ event: "StepBlocked", run: "a", step: "s", by: "t" })).toMatchObject({ state: "blocked", by: "t" });
    expect(after([{ event: "RunQueued", run: record("a") }, { event: "RunPlanned", run: "a", steps: [plan("s", "cached")] }]).runs["a"]?.steps["s"]).toMatchObject({ state: "done", fraction: 1 });
  });
});

describe("a sketch", () => {
  const begun: readonly Message[] = [
    { event: "RunQueued", run: record("a") },
    { event: "RunPlanned", run: "a", steps: [plan("s")] },
    { event: "StepStarted", run: "a", step: "s" },
    { event: "StepProgress", run: "a", step: "s", fraction: 0.2, sketch: SKETCH },
    { event: "StepProgress", run: "a", step: "s", fraction: 0.4, sketch: "" },
  ];
  const sketched = (...more: readonly Message[]) => after([...begun, ...more]).runs["a"]?.steps["s"];

  it("stays until there is another one", () => {
    expect(sketched()).toMatchObject({ fraction: 0.4, sketch: SKETCH });
    expect(sketched({ event: "StepProgress", run: "a", step: "s", fraction: 0.5, sketch: "data:," })?.sketch).toBe("data:,");
  });

  it("goes when the step ends, however it ends", () => {
    expect(sketched({ event: "StepDone", run: "a", step: "s", seconds: 2, notes: [], stored: true })?.sketch).toBe("");
    expect(sketched({ event: "StepFailed", run: "a", step: "s", message: "m", remedy: "r" })?.sketch).toBe("");
    const stopped = { state: "waiting", fraction: 0, sketch: "" };
    expect(sketched({ event: "RunFinished", run: "a", status: "cancelled", seconds: 1 })).toMatchObject(stopped);
    expect(sketched({ event: "RunEnded", run: record("a", "cancelled") })).toMatchObject(stopped);
    const ended: Snapshot = { ...snapshotOf(NO_RUNS), ended: [record("a", "cancelled")] };
    expect(sketched(ended)).toMatchObject(stopped);
  });
});

describe("the queue", () => {
  it("has those that wait, in their order", () => {
    const two = after([{ event: "RunQueued", run: record("a") }, { event: "RunQueued", run: record("b") }, { event: "RunQueued", run: record("a") }]);
    expect(two.waiting).toEqual(["b", "a"]);
    const moved = reduce(two, { event: "QueueChanged", order: ["a", "b"], paused: true });
    expect([moved.waiting, moved.paused]).toEqual([["a", "b"], true]);
    expect(reduce(moved, { event: "RunStarted", run: "a", started: 1 }).waiting).toEqual(["b"]);
    expect(reduce(moved, { event: "RunRemoved", run: "b" })).toMatchObject({ waiting: ["a"], runs: { a: {} } });
  });

  it("keeps the number of the last message that everybody sees", () => {
    const state = reduceFrame(NO_RUNS, [{ ...snapshotOf(NO_RUNS), seq: 7 }, { event: "RunQueued", run: record("a"), seq: 8 }, { event: "StepProgress", run: "a", step: "s", fraction: 0, sketch: "" }]);
    expect(state.seq).toBe(8);
  });

  it("keeps downloads by their name", () => {
    const download = { event: "DownloadChanged", name: "model", done: 1, total: 2, state: "running", message: "" } as const;
    expect(after([download, { ...download, done: 2, state: "done" }]).downloads).toEqual({ model: { ...download, done: 2, state: "done" } });
  });
});

describe("live runs", () => {
  it("go on from the steps of the one before, which is forgotten", () => {
    const first = after([{ event: "RunPlanned", run: "live-1", steps: [plan("load"), plan("denoise")] }], beginLive(NO_RUNS, "live-1", undefined));
    const second = after([{ event: "RunPlanned", run: "live-2", steps: [plan("denoise", "cached")] }], beginLive(first, "live-2", first.runs["live-1"]));
    expect(Object.keys(second.runs)).toEqual(["live-2"]);
    expect(second.runs["live-2"]?.steps["load"]?.state).toBe("waiting");
    expect(second.runs["live-2"]?.steps["denoise"]?.state).toBe("done");
  });

  it("say why they were refused until the next one is planned", () => {
    const problem = { message: "m", remedy: "r", node: null, port: null };
    const refused = reduce(beginLive(NO_RUNS, "live-1", undefined), { event: "LiveRefused", live: "1", problems: [problem] });
    expect(refused.refused).toEqual([problem]);
    expect(reduce(refused, { event: "RunPlanned", run: "live-1", steps: [] }).refused).toEqual([]);
  });
});
