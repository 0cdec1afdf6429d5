import fc from "fast-check";
import { expect, it } from "vitest";

import { choiceOf, numbersOf, shownNumbers, toggled } from "./faces";

it("shows numbers from 1 and keeps them from 0", () => {
  expect(numbersOf("3, 1 1")).toEqual([0, 2]);
  expect(shownNumbers([0, 2])).toBe("1, 3");
});

it("refuses what is no number of a face", () => {
  for (const text of ["0", "one", "1.5", "-2"]) expect(numbersOf(text)).toBeNull();
});

it("takes back what it shows", () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), (numbers) => {
      const sorted = [...numbers].sort((one, other) => one - other);
      expect(numbersOf(shownNumbers(sorted))).toEqual(sorted);
    }),
  ));

it("chooses and unchooses", () => {
  expect(toggled(toggled([4], 2), 2)).toEqual([4]);
  expect(toggled([4], 2)).toEqual([2, 4]);
});

it("reads any value", () => {
  expect([choiceOf("largest"), choiceOf("all"), choiceOf(null), choiceOf([2, 1, 1])]).toEqual(["largest", "all", "all", [1, 2]]);
});
