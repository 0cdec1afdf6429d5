import fc from "fast-check";
import { expect, it } from "vitest";

import { cornersOf, inside, marksOf, middleOf, movedMark } from "./marks";

const SIZE = { width: 640, height: 480 };

it("keeps marks on the photo", () =>
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (x, y) => {
      const [left, top] = inside([x, y], SIZE);
      expect(left >= 0 && left <= SIZE.width && top >= 0 && top <= SIZE.height).toBe(true);
    }),
  ));

it("moves one mark", () => expect(movedMark([[1, 1], [2, 2]], 1, [3, 3])).toEqual([[1, 1], [3, 3]]));

it("goes around the photo clockwise from the upper left", () =>
  expect(cornersOf(SIZE)).toEqual([[0, 0], [640, 0], [640, 480], [0, 480]]));

it("knows the middle", () => expect(middleOf({ width: 5, height: 4 })).toEqual([2.5, 2]));

it("reads only lists of points", () => {
  expect(marksOf([[1, 2]])).toEqual([[1, 2]]);
  for (const value of [null, "x", [[1]], [["a", 2]]]) expect(marksOf(value)).toEqual([]);
});
