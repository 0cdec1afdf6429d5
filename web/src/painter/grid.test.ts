import fc from "fast-check";
import { expect, test } from "vitest";

import type { View } from "../viewer/view";
import { cellsOf, extentOf, gridFor, partOf } from "./grid";
import { meet } from "./strokes";

const views = fc.record({
  x: fc.double({ min: -3000, max: 9000, noNaN: true }),
  y: fc.double({ min: -3000, max: 9000, noNaN: true }),
  scale: fc.double({ min: 0.02, max: 40, noNaN: true }),
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
  stage: fc.record({ width: fc.integer({ min: 1, max: 3000 }), height: fc.integer({ min: 1, max: 2000 }) }),
});

const VIEW: View = { x: 0, y: 0, scale: 0.25, width: 6000, height: 4000, stage: { width: 1500, height: 1000 } };

test("a grid covers all that is seen, and is never too large", () => {
  fc.assert(
    fc.property(views, fc.constantFrom(1, 2), (view, density) => {
      const grid = gridFor(view, density);
      const extent = extentOf(grid);
      const seen = {
        left: Math.max(0, view.x),
        top: Math.max(0, view.y),
        right: Math.min(view.width, view.x + view.stage.width / view.scale),
        bottom: Math.min(view.height, view.y + view.stage.height / view.scale),
      };
      if (seen.left < seen.right && seen.top < seen.bottom) {
        expect(extent.left).toBeLessThanOrEqual(seen.left);
        expect(extent.top).toBeLessThanOrEqual(seen.top);
        expect(extent.right).toBeGreaterThanOrEqual(seen.right - 1e-6);
        expect(extent.bottom).toBeGreaterThanOrEqual(seen.bottom - 1e-6);
      }
      expect(grid.width * grid.height).toBeLessThan(4.1e6);
    }),
  );
});

test("below 100 % cells are the screen's dots, above the photo's pixels", () => {
  expect(gridFor(VIEW)).toEqual({ x: 0, y: 0, scale: 0.25, width: 1500, height: 1000 });
  const near = gridFor({ ...VIEW, x: 1000.4, y: 2000.6, scale: 8 });
  expect([near.scale, near.x % 1, near.y % 1]).toEqual([1, 0, 0]);
});

test("a part of a grid lies where its cells lie", () => {
  const grid = gridFor({ ...VIEW, x: 500, scale: 0.5 });
  const rect = { left: 1000, top: 300, right: 1200, bottom: 420 };
  const part = extentOf(partOf(grid, cellsOf(grid, rect)));
  expect(part.left).toBeLessThanOrEqual(rect.left);
  expect(part.right).toBeGreaterThanOrEqual(rect.right);
  expect(part.bottom - part.top).toBeLessThan(130);
  expect(meet(cellsOf(grid, { left: -90, top: 0, right: -50, bottom: 10 }), { left: 0, top: 0, right: 1e4, bottom: 1e4 })).toBe(false);
});
