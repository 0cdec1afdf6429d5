import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { begin, canRedo, canUndo, commit, MOST_STEPS, redo, settle, undo, type History } from "./history";

const word = fc.constantFrom(null, "slider", "drag");
const steps = fc.array(fc.tuple(fc.integer(), word), { maxLength: 40 });

const made = (from: readonly (readonly [number, string | null])[]): History<number> =>
  from.reduce((history, [next, merge]) => commit(history, next, merge), begin(0));

describe("history", () => {
  test("undo gives back what was there before the gesture", () =>
    fc.assert(
      fc.property(steps, fc.array(fc.integer(), { minLength: 1, maxLength: 5 }), (before, gesture) => {
        const start = settle(made(before));
        const ended = gesture.reduce((history, next) => commit(history, next, "gesture"), start);
        if (gesture.every((next) => next === start.present)) expect(ended).toBe(start);
        else expect(undo(ended).present).toBe(start.present);
      }),
    ));

  test("redo after undo changes nothing", () =>
    fc.assert(
      fc.property(steps, (from) => {
        const history = settle(made(from));
        fc.pre(canUndo(history));
        expect(redo(undo(history))).toEqual(history);
      }),
    ));

  test("undoing everything and doing it again passes all states in turn", () =>
    fc.assert(
      fc.property(steps, (from) => {
        let history = made(from);
        const forwards = [...history.past, history.present];
        const seen = [history.present];
        while (canUndo(history)) {
          history = undo(history);
          seen.unshift(history.present);
        }
        expect(seen).toEqual(forwards);
        expect(history.present).toBe(0);
        while (canRedo(history)) history = redo(history);
        expect(history.present).toBe(forwards.at(-1));
      }),
    ));

  it("makes one step of one gesture, and two of two", () => {
    const dragged = commit(commit(begin(0), 1, "slider"), 2, "slider");
    expect(dragged.past).toEqual([0]);
    expect(commit(settle(dragged), 3, "slider").past).toEqual([0, 2]);
    expect(commit(dragged, 3, "other").past).toEqual([0, 2]);
    expect(commit(commit(dragged, 3), 4).past).toEqual([0, 2, 3]);
  });

  it("forgets what was undone once something else is done", () => {
    const other = commit(undo(commit(begin(0), 1)), 2);
    expect([canRedo(other), undo(other).present]).toEqual([false, 0]);
  });

  it("is bounded", () => {
    const long = Array.from({ length: MOST_STEPS + 50 }).reduce<History<number>>((history, _, index) => commit(history, index + 1), begin(0));
    expect(long.past).toHaveLength(MOST_STEPS);
    expect(long.present).toBe(MOST_STEPS + 50);
  });

  it("stays where there is nothing to undo or redo", () => {
    expect(undo(begin(1))).toEqual(begin(1));
    expect(redo(begin(1))).toEqual(begin(1));
  });
});
