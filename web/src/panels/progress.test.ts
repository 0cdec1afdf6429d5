import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { StepView } from "../server/messages";
import { progressOf } from "./progress";

const step = (id: string, news: Partial<StepView> = {}): StepView => ({
  id,
  action: "run",
  why: "new",
  key: id,
  state: "waiting",
  fraction: 0,
  seconds: null,
  notes: [],
  message: "",
  remedy: "",
  by: "",
  fallback: "",
  sketch: "",
  ...news,
});

describe("progressOf", () => {
  it("knows nothing before there is a plan, and where all is known already", () => {
    expect(progressOf([])).toBeNull();
    expect(progressOf([step("load", { action: "cached", state: "done" })])).toBeNull();
  });

  it("counts the steps that must run, and names the one that does", () => {
    const steps = [
      step("load", { action: "cached", state: "done" }),
      step("map", { state: "done" }),
      step("fill", { state: "running", fraction: 0.5 }),
      step("sharpen"),
    ];
    expect(progressOf(steps)).toEqual({ step: "fill", now: 2, all: 3, share: 0.5 });
  });

  it("names the last step until the run has ended", () => {
    expect(progressOf([step("map", { state: "done" }), step("fill", { state: "done" })])).toEqual({
      step: "fill",
      now: 2,
      all: 2,
      share: 1,
    });
  });

  it("stays between none and all", () => {
    const states = fc.constantFrom("waiting", "running", "done", "failed", "blocked");
    const steps = fc.array(fc.tuple(states, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(steps, (all) => {
        const found = progressOf(all.map(([state, fraction], index) => step(String(index), { state, fraction })));
        expect(found?.share).toBeGreaterThanOrEqual(0);
        expect(found?.share).toBeLessThanOrEqual(1);
        expect(found?.now).toBeLessThanOrEqual(found?.all ?? 0);
      }),
    );
  });
});
