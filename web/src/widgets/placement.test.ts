import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { movedTo, placedOf, placeOf, resizedTo, turnedTo, UNPLACED, type Placed } from "./placement";

const places = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));

const placed: fc.Arbitrary<Placed> = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  scale: fc.double({ min: 0.1, max: 5, noNaN: true }),
  angle: fc.integer({ min: -179, max: 180 }),
});

describe("a placement's handles", () => {
  it("turn it back to where it points", () =>
    fc.assert(
      fc.property(placed, (before) => {
        const turned = turnedTo({ ...before, angle: 0 }, placeOf(before, [0, -500]));
        expect(Math.abs(turned.angle - before.angle) % 360).toBeCloseTo(0, 1);
      }),
    ));

  it("stretch it back to its size", () =>
    fc.assert(
      fc.property(placed, (before) => {
        const resized = resizedTo({ ...before, scale: 1 }, placeOf(before, [300, 400]), 500);
        expect(resized.scale).toBeCloseTo(before.scale, 2);
      }),
    ));

  it("leave something the server takes", () =>
    fc.assert(
      fc.property(placed, places, (before, to) => {
        for (const after of [movedTo(before, to), turnedTo(before, to), resizedTo(before, to, 100)]) {
          expect(after.scale).toBeGreaterThan(0);
          expect(Object.values(after).every(Number.isFinite)).toBe(true);
        }
      }),
    ));
});

it("reads what is there, and the usual for the rest", () => {
  expect(placedOf({ x: 3, scale: 0 })).toEqual({ ...UNPLACED, x: 3 });
  expect(placedOf("nonsense")).toEqual(UNPLACED);
});
