import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Point } from "../document/workflow";
import { partOf, type Grid } from "./grid";
import { paint } from "./raster";
import { emptySheet, lay, packed, type Sheet } from "./sheet";
import { strokeOf, USUAL, type Stroke } from "./strokes";

const GRID: Grid = { x: 0, y: 0, scale: 1, width: 60, height: 40 };
const SCENE = { size: { width: 60, height: 40 }, swatch: null };

function painted(strokes: readonly Partial<Stroke>[], grid = GRID, coloured = false): Sheet {
  const sheet = emptySheet(grid, coloured);
  for (const stroke of strokes) Array.from(paint(sheet, { ...USUAL, points: [], ...stroke }, SCENE));
  return sheet;
}

const at = ({ grid, values }: Sheet, x: number, y: number): number => values[y * grid.width + x] ?? NaN;

/** The brush of the server (nodes/pixels/strokes/brush.py), pixel by pixel. */
function served({ points, widths, size, hardness }: Stroke, x: number, y: number): number {
  return Math.max(
    ...points.map((end, number) => {
      if (number === 0 && points.length > 1) return 0;
      const start = points[number - 1] ?? end;
      const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
      const length = dx * dx + dy * dy;
      const along = length ? ((x + 0.5 - start[0]) * dx + (y + 0.5 - start[1]) * dy) / length : 0;
      const share = Math.min(1, Math.max(0, along));
      const distance = Math.hypot(x + 0.5 - start[0] - share * dx, y + 0.5 - start[1] - share * dy);
      const [last, first] = [widths[number] ?? 1, widths[number - 1] ?? widths[number] ?? 1];
      const radius = (size / 2) * (first + (last - first) * share);
      const fade = Math.max(1, (1 - hardness) * radius);
      const disk = Math.min(1, Math.max(0, (radius + 0.5 - distance) / fade));
      return widths.length ? disk * Math.min(2 * radius, 1) : disk;
    }),
  );
}

const place: fc.Arbitrary<Point> = fc.tuple(
  fc.double({ min: -20, max: 80, noNaN: true }),
  fc.double({ min: -20, max: 60, noNaN: true }),
);

const brushes = fc
  .record({
    points: fc.array(place, { minLength: 1, maxLength: 5 }),
    size: fc.double({ min: 0.1, max: 40, noNaN: true }),
    hardness: fc.double({ min: 0, max: 1, noNaN: true }),
    pressed: fc.boolean(),
    pressures: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ pressed, pressures, ...stroke }) => ({ ...stroke, widths: pressed ? pressures.slice(0, stroke.points.length) : [] }));

describe("the brush", () => {
  test("touches every pixel as the server's does", () => {
    fc.assert(
      fc.property(brushes, (brush) => {
        const sheet = painted([brush]);
        const stroke = { ...USUAL, ...brush };
        let worst = 0;
        for (let y = 0; y < 40; y++) {
          for (let x = 0; x < 60; x++) worst = Math.max(worst, Math.abs(at(sheet, x, y) - 255 * served(stroke, x, y)));
        }
        expect(worst).toBeLessThan(0.51);
      }),
      { numRuns: 60 },
    );
  });

  test("looks from afar like the mean of what it is", () => {
    const stroke: Partial<Stroke> = { points: [[8, 8], [44, 28]], size: 14, hardness: 0.5 };
    const near = painted([stroke]);
    const far = painted([stroke], { ...GRID, scale: 0.25, width: 15, height: 10 });
    for (let y = 0; y < 10; y++) {
      for (let x = 0; x < 15; x++) {
        let sum = 0;
        for (let cell = 0; cell < 16; cell++) sum += at(near, x * 4 + (cell % 4), y * 4 + (cell >> 2));
        expect(Math.abs(at(far, x, y) - sum / 16)).toBeLessThan(0.12 * 255);
      }
    }
  });

  test("is the same on a part of a grid", () => {
    const stroke: Partial<Stroke> = { points: [[3, 5], [50, 30], [20, 39]], size: 9, hardness: 0.3 };
    const cells = { left: 13, top: 7, right: 41, bottom: 36 };
    const whole = painted([stroke]);
    const patched = emptySheet(GRID, false);
    patched.values.set(whole.values);
    lay(patched, painted([stroke], partOf(GRID, cells)), cells.left, cells.top);
    expect(patched.values).toEqual(whole.values);
  });
});

describe("the lasso", () => {
  test("covers each pixel by its area", () => {
    const sheet = painted([{ tool: "lasso", points: [[10.25, 5], [20.5, 5], [20.5, 15.5], [10.25, 15.5]] }]);
    expect([at(sheet, 10, 8), at(sheet, 15, 8), at(sheet, 20, 8), at(sheet, 15, 15), at(sheet, 9, 8)]).toEqual([
      191, 255, 128, 128, 0,
    ]);
  });

  test("leaves out what it encloses twice", () => {
    const square: Point[] = [[10, 10], [30, 10], [30, 30], [10, 30]];
    const inner: Point[] = [[15, 15], [25, 15], [25, 25], [15, 25], [15, 15]];
    const sheet = painted([{ tool: "lasso", points: [...square, [10, 10], ...inner] }]);
    expect([at(sheet, 12, 20), at(sheet, 20, 20)]).toEqual([255, 0]);
  });

  test("encloses its area wherever it lies", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 20, noNaN: true }), fc.double({ min: 1, max: 20, noNaN: true }), (x, y) => {
        const { values } = painted([{ tool: "lasso", points: [[x, y], [x + 17, y + 3], [x + 5, y + 14]] }]);
        const area = values.reduce((sum, value) => sum + value, 0) / 255;
        expect(Math.abs(area - (17 * 14 - 5 * 3) / 2)).toBeLessThan(0.6);
      }),
    );
  });
});

describe("strokes", () => {
  const mark: Partial<Stroke> = { points: [[30, 20]], size: 20 };
  const erased: Partial<Stroke> = { points: [[30, 20]], size: 10, erase: true };

  test("act in their order", () => {
    expect(at(painted([mark, erased]), 30, 20)).toBe(0);
    expect(at(painted([mark, erased]), 30, 12)).toBe(255);
    expect(at(painted([erased, mark]), 30, 20)).toBe(255);
  });

  test("do nothing more when they are painted twice", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(brushes, fc.boolean()), { maxLength: 4 }), (made) => {
        const strokes = made.map(([brush, erase]) => ({ ...brush, erase }));
        expect(painted([...strokes, ...strokes]).values).toEqual(painted(strokes).values);
      }),
      { numRuns: 40 },
    );
  });

  test("leave their colour", () => {
    const sheet = painted([{ ...mark, colour: "#ff8000" }, { ...mark, size: 6, colour: "#0000ff" }], GRID, true);
    expect([sheet.colours?.[20 * 60 + 30], sheet.colours?.[12 * 60 + 30]]).toEqual([packed("#0000ff"), packed("#ff8000")]);
    expect(packed("#ff8000")).toBe(0x0080ff);
  });

  test("of a flood wait for the picture", () => {
    expect(painted([strokeOf({ tool: "flood", points: [[5, 5]] })]).values.every((value) => value === 0)).toBe(true);
  });
});
