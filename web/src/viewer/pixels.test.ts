import { expect, test } from "vitest";

import { colourAt } from "./pixels";
import { coverage } from "./tint";

/** Two by two: red, green; blue, white. */
const four = {
  width: 2,
  height: 2,
  data: new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]),
} as ImageData;

test("the colour at a place of the picture", () => {
  expect(colourAt(four, 0, 0)).toEqual([255, 0, 0]);
  expect(colourAt(four, 0.9, 0.1)).toEqual([0, 255, 0]);
  expect(colourAt(four, 0.1, 0.5)).toEqual([0, 0, 255]);
});

test.each([
  [-0.1, 0.5],
  [0.5, 1],
  [Number.NaN, 0.5],
])("outside of the picture there is no colour: %d, %d", (across, down) => {
  expect(colourAt(four, across, down)).toBeNull();
});

test("a mask's white becomes the colour, its black clear", () => {
  const pixels = new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255, 100, 100, 100, 255]);
  coverage(pixels, [1, 2, 3]);
  expect([...pixels]).toEqual([1, 2, 3, 255, 1, 2, 3, 0, 1, 2, 3, 100]);
});
