import fc from "fast-check";
import { expect, test } from "vitest";

import { around, isNowhere, meet, NOWHERE, reachOf, settingOf, strokeOf, TOOLS, USUAL } from "./strokes";

const place = fc.tuple(
  fc.integer({ min: -1e5, max: 1e6 }).map((x) => x / 100),
  fc.integer({ min: -1e5, max: 1e6 }).map((y) => y / 100),
);

const strokes = fc.record({
  tool: fc.constantFrom(...TOOLS),
  points: fc.array(place, { minLength: 1, maxLength: 20 }),
  size: fc.double({ min: 0.1, max: 500, noNaN: true }),
  hardness: fc.double({ min: 0, max: 1, noNaN: true }),
  tolerance: fc.double({ min: 0, max: 1, noNaN: true }),
  erase: fc.boolean(),
  colour: fc.constantFrom("#ffffff", "#a0b1c2"),
});

test("a setting leaves out what is as usual or does not matter", () => {
  expect(settingOf({ ...USUAL, points: [[1.23456, 2]], tolerance: 0.7 })).toEqual({ points: [[1.23, 2]] });
  expect(settingOf({ ...USUAL, tool: "flood", points: [[1, 2]], size: 3, tolerance: 0.7, erase: true })).toEqual({
    tool: "flood",
    tolerance: 0.7,
    erase: true,
    points: [[1, 2]],
  });
});

test("what a stroke is survives being written and read", () => {
  fc.assert(
    fc.property(strokes, (stroke) => {
      const setting = settingOf(strokeOf(stroke));
      expect(settingOf(strokeOf(setting))).toEqual(setting);
      expect(strokeOf(setting)).toMatchObject({ tool: stroke.tool, points: stroke.points, erase: stroke.erase });
    }),
  );
});

test("a stroke reaches half its width beyond its points", () => {
  expect(reachOf({ ...USUAL, size: 10, points: [[20, 30], [40, 35]] })).toEqual({ left: 14, top: 24, right: 46, bottom: 41 });
});

test("nowhere adds nothing and meets nothing", () => {
  const rect = { left: 1, top: 2, right: 3, bottom: 4 };
  expect(around(NOWHERE, rect)).toEqual(rect);
  expect(meet(NOWHERE, rect)).toBe(false);
  expect([isNowhere(around(NOWHERE, NOWHERE)), isNowhere(rect)]).toEqual([true, false]);
  expect(meet(rect, { ...rect, left: 3, right: 4 })).toBe(false);
});
