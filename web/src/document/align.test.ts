import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { align, ALIGNMENTS, type Thing } from "./align";
import { point } from "./testing/workflows";

const size = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }));
const things = fc
  .array(fc.record({ at: point, size }), { minLength: 1, maxLength: 8 })
  .map((all): ReadonlyMap<string, Thing> => new Map(all.map((thing, index) => [String(index), thing])));

const moved = (all: ReadonlyMap<string, Thing>, to: ReadonlyMap<string, readonly [number, number]>): ReadonlyMap<string, Thing> =>
  new Map([...all].map(([id, thing]) => [id, { ...thing, at: to.get(id) ?? thing.at }]));

describe("lining up", () => {
  test("twice is the same as once, and keeps everything", () =>
    fc.assert(
      fc.property(things, fc.constantFrom(...ALIGNMENTS), (all, how) => {
        const once = align(all, how);
        const twice = align(moved(all, once), how);
        expect([...once.keys()].sort()).toEqual([...all.keys()].sort());
        for (const [id, [x, y]] of once) {
          // Whole pixels: a half may be rounded the other way round.
          expect(Math.abs((twice.get(id)?.[0] ?? NaN) - x)).toBeLessThanOrEqual(1);
          expect(Math.abs((twice.get(id)?.[1] ?? NaN) - y)).toBeLessThanOrEqual(1);
        }
      }),
    ));

  it("goes to the outermost edge, or the middle between both", () => {
    const two = new Map<string, Thing>([
      ["a", { at: [0, 0], size: [100, 100] }],
      ["b", { at: [200, 300], size: [50, 20] }],
    ]);
    const at = (how: (typeof ALIGNMENTS)[number]) => [...align(two, how).values()];
    expect(at("left")).toEqual([[0, 0], [0, 300]]);
    expect(at("right")).toEqual([[150, 0], [200, 300]]);
    expect(at("centre")).toEqual([[75, 0], [100, 300]]);
    expect(at("top")).toEqual([[0, 0], [200, 0]]);
    expect(at("bottom")).toEqual([[0, 220], [200, 300]]);
    expect(at("middle")).toEqual([[0, 110], [200, 150]]);
  });

  it("gives equal gaps between the first and the last", () => {
    const three = new Map<string, Thing>([
      ["a", { at: [0, 0], size: [100, 10] }],
      ["c", { at: [500, 0], size: [100, 10] }],
      ["b", { at: [120, 0], size: [200, 10] }],
    ]);
    expect(align(three, "columns").get("b")).toEqual([200, 0]);
    expect(align(new Map(), "rows").size).toBe(0);
  });
});
