import fc from "fast-check";
import { expect, test } from "vitest";

import type { Point } from "../document/workflow";
import { simplify } from "./simplify";

const points = fc.array(fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = square ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0;
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
};

const fromTrail = (point: Point, trail: readonly Point[]): number =>
  Math.min(...trail.map((end, at) => distance(point, trail[at - 1] ?? end, end)));

test("no point is farther than the tolerance from what is left, and the ends stay", () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 20, noNaN: true }), (all, tolerance) => {
      const left = simplify({ points: all, widths: [] }, tolerance).points;
      expect(left[0]).toBe(all[0]);
      expect(left.at(-1)).toBe(all.at(-1));
      for (const point of all) expect(fromTrail(point, left)).toBeLessThanOrEqual(tolerance + 1e-9);
    }),
  );
});

test("points on a straight way go, and every width stays with its point", () => {
  const all = Array.from({ length: 101 }, (_, x): Point => [x, 2 * x]);
  expect(simplify({ points: all, widths: [] }, 0.25).points).toEqual([[0, 0], [100, 200]]);
  const pressed = simplify({ points: all, widths: all.map(([x]) => (x < 50 ? x / 50 : 1)) }, 0.25, 20);
  expect(pressed).toEqual({ points: [[0, 0], [50, 100], [100, 200]], widths: [0, 1, 1] });
});

test("tens of thousands of points are no trouble", () => {
  const spiral = Array.from({ length: 20_000 }, (_, at): Point => [at * Math.cos(at / 500), at * Math.sin(at / 500)]);
  expect(simplify({ points: spiral, widths: [] }, 0.25).points.length).toBeLessThan(20_000);
});
