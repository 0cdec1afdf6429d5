import fc from "fast-check";
import { expect, test } from "vitest";

import { isSameShape, isStacked, placeIn, toPicture, toStage, zoomOf, type View } from "./view";

const side = fc.integer({ min: 1, max: 60_000 });
const size = fc.record({ width: side, height: side });
const place = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const point = fc.record({ x: place, y: place });
const view: fc.Arbitrary<View> = fc.record({
  x: place,
  y: place,
  scale: fc.double({ min: 0.01, max: 40, noNaN: true }),
  width: side,
  height: side,
  stage: size,
});

test("a place on the stage is that of the picture's point there", () => {
  fc.assert(
    fc.property(view, point, (seen, at) => {
      const back = toPicture(seen, toStage(seen, at));
      expect(back.x).toBeCloseTo(at.x, 3);
      expect(back.y).toBeCloseTo(at.y, 3);
    }),
  );
});

test("the picture's point in the stage's corner is the view's", () => {
  fc.assert(
    fc.property(view, (seen) => {
      expect(toStage(seen, seen)).toEqual({ x: 0, y: 0 });
    }),
  );
});

test("100 % is one of the screen's pixels for one of the picture", () => {
  const seen = { x: 0, y: 0, scale: 0.5, width: 10, height: 10, stage: { width: 5, height: 5 } };
  expect(zoomOf(seen, 2)).toBe(1);
});

test("a picture made smaller keeps its shape", () => {
  const shrunk = fc.tuple(size, fc.double({ min: 0.01, max: 1, noNaN: true }));
  fc.assert(
    fc.property(shrunk, ([whole, factor]) => {
      const width = Math.max(1, Math.round(whole.width * factor));
      const height = Math.max(1, Math.round((whole.height * width) / whole.width));
      expect(isSameShape(whole, { width, height })).toBe(true);
      expect(isSameShape({ width, height }, whole)).toBe(true);
    }),
  );
});

test("a picture that was cut or turned has another shape", () => {
  expect(isSameShape({ width: 3000, height: 2000 }, { width: 2000, height: 3000 })).toBe(false);
  expect(isSameShape({ width: 3000, height: 2000 }, { width: 2900, height: 2000 })).toBe(false);
});

test("a picture fits into any frame, in its middle", () => {
  fc.assert(
    fc.property(size, size, (frame, picture) => {
      const { x, y, width } = placeIn(frame, picture);
      if (isSameShape(frame, picture)) {
        expect({ x, y, width }).toEqual({ x: 0, y: 0, width: 1 });
        return;
      }
      const heights = { frame: frame.height / frame.width, picture: (width * picture.height) / picture.width };
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(-1e-9 * heights.frame);
      expect(2 * x + width).toBeCloseTo(1);
      expect((2 * y + heights.picture) / heights.frame).toBeCloseTo(1);
    }),
  );
});

test("two pictures lie so that they are largest", () => {
  const portrait = { width: 600, height: 900 };
  expect(isStacked({ width: 1400, height: 800 }, portrait)).toBe(false);
  expect(isStacked({ width: 390, height: 750 }, { width: 900, height: 600 })).toBe(true);
});
