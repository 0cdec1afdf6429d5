import { expect, test } from "vitest";

import type { Run } from "../../runs/reduce";
import type { StepView } from "../../server/messages";
import { failureOf, isUnderWay, secondsOf } from "./state";
import { recordOf } from "../../runs/record";

const step = (id: string, state: StepView["state"], message = ""): StepView => ({
  id,
  action: "run",
  why: "",
  key: "",
  state,
  fraction: 0,
  seconds: null,
  notes: [],
  message,
  remedy: "",
  by: "",
  fallback: "",
  sketch: "",
});

const run = (record: Partial<Run["record"]>, steps: readonly StepView[] = []): Run => ({
  record: recordOf("r", { state: "done", ...record }),
  steps: Object.fromEntries(steps.map((each) => [each.id, each])),
  warnings: [],
  fetching: [],
});

test("a run is under way while it waits or works", () => {
  expect(["queued", "running"].map((state) => isUnderWay(run({ state: state as "queued" })))).toEqual([true, true]);
  expect([undefined, run({ state: "done" }), run({ state: "failed" })].map(isUnderWay)).toEqual([false, false, false]);
});

test("a run took as long as from its start to its end", () => {
  expect(secondsOf(run({ started: 10, ended: 12.5 }))).toBe(2.5);
  expect(secondsOf(run({ started: 10 }))).toBeNull();
});

test("a run failed at the node that failed, not at those that it blocks", () => {
  const failed = run({ state: "failed" }, [step("a", "done"), step("b", "failed", "Too dark"), step("c", "blocked")]);
  expect(failureOf(failed)).toEqual({ message: "Too dark", remedy: "", node: "b" });
});

test("a run may fail before any node could begin", () => {
  expect(failureOf(run({ state: "failed", problems: [{ message: "No photo", remedy: "Choose one" }] }))?.message).toBe("No photo");
  expect(failureOf(run({ state: "done" }))).toBeUndefined();
});
