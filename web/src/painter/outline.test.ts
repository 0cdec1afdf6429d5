import { expect, test } from "vitest";

import { pathOf } from "./outline";

const VIEW = { x: 100, y: 50, scale: 2, width: 600, height: 400, stage: { width: 300, height: 200 } };

test("an outline lies on the stage where its points are in the photo", () => {
  expect(pathOf([[100, 50], [110, 55.5]], VIEW)).toBe("M0.0 0.0L20.0 11.0");
  expect(pathOf([[101, 50]], VIEW)).toBe("M2.0 0.0h0");
  expect(pathOf([], VIEW)).toBe("");
});
