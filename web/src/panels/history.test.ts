import fc from "fast-check";
import { expect, it } from "vitest";

import type { RunRecord } from "../server/messages";
import { mergedRuns } from "./history";
import { recordOf } from "../runs/record";

const run = (id: string, created: number, state: RunRecord["state"] = "done"): RunRecord => recordOf(id, { state, created });

it("puts the newest first, and what was heard of last instead of what was read", () => {
  const read = [run("b", 2), run("a", 1)];
  const heard = [run("c", 3), run("b", 2, "failed")];
  expect(mergedRuns(read, heard).map(({ id, state }) => [id, state])).toEqual([
    ["c", "done"],
    ["b", "failed"],
    ["a", "done"],
  ]);
});

it("leaves out what still waits or works", () => {
  expect(mergedRuns([], [run("a", 1, "running"), run("b", 2, "queued")])).toEqual([]);
});

it("names no run twice", () => {
  const runs = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.nat(9)).map(([id, at]) => run(id, at)));
  fc.assert(
    fc.property(runs, runs, (read, heard) => {
      const ids = mergedRuns(read, heard).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
