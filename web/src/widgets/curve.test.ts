import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addPoint, curveAt, movePoint, pathOf, pointsOf, removePoint, roomiest, type Points } from "./curve";

const LINE: Points = [
  [0, 0],
  [1, 1],
];

const part = fc.double({ min: -0.5, max: 1.5, noNaN: true });

/** Curves as they come about: by adding points to a straight line. */
const curves: fc.Arbitrary<Points> = fc
  .array(fc.tuple(part, part), { maxLength: 12 })
  .map((points) => points.reduce((curve, point) => addPoint(curve, point), LINE));

const isValid = (points: Points): boolean => pointsOf(points) !== null;

describe("whatever is done to a curve", () => {
  it("leaves one that the server takes", () =>
    fc.assert(
      fc.property(curves, fc.nat(12), part, part, (curve, index, x, y) => {
        expect(isValid(curve)).toBe(true);
        expect(isValid(movePoint(curve, index, [x, y]))).toBe(true);
        expect(isValid(removePoint(curve, index))).toBe(true);
        expect(isValid(addPoint(curve, roomiest(curve)))).toBe(true);
      }),
    ));

  it("moves no other point", () =>
    fc.assert(
      fc.property(curves, fc.nat(12), part, part, (curve, index, x, y) => {
        const others = (points: Points) => points.filter((_, at) => at !== index);
        expect(others(movePoint(curve, index, [x, y]))).toEqual(others(curve));
      }),
    ));
});

describe("curveAt", () => {
  it("goes through its points", () =>
    fc.assert(
      fc.property(curves, (curve) => {
        for (const [x, y] of curve) expect(curveAt(curve, x)).toBeCloseTo(y, 6);
      }),
    ));

  it("stays between neighbours: nothing overshoots", () =>
    fc.assert(
      fc.property(curves, fc.double({ min: 0, max: 1, noNaN: true }), (curve, x) => {
        const right = Math.max(1, curve.findIndex((point) => point[0] >= x));
        const ends = [curve[right - 1]?.[1] ?? 0, curve[right]?.[1] ?? 1];
        expect(curveAt(curve, x)).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
        expect(curveAt(curve, x)).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
      }),
    ));
});

it("keeps two points, and adds none where one is", () => {
  expect(removePoint(LINE, 0)).toBe(LINE);
  expect(addPoint(LINE, [0.001, 0.5])).toBe(LINE);
});

it("refuses what is no curve", () => {
  for (const value of [null, [], [[0, 0]], [[0, 0], [0, 1]], [[0, 0], [1, 2]], [[0, 0, 0], [1, 1, 1]]]) {
    expect(pointsOf(value)).toBeNull();
  }
});

it("draws from the lower left to the upper right", () => {
  expect(pathOf(LINE, 100, 2)).toBe("M0.00 100.00L50.00 50.00L100.00 0.00");
});
