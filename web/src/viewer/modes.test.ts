import { describe, expect, test } from "vitest";

import { endAt, layersOf, MODES, otherOf, seen, type Pair, type Way } from "./modes";

const before = { key: "a" };
const after = { key: "b" };
const both: Pair = { before, after };
const way = (change: Partial<Way> = {}): Way => ({ mode: "slider", divider: 0.3, end: "after", ...change });

describe("layers", () => {
  test.each(MODES)("one picture alone is shown as it is: %s", (mode) => {
    expect(layersOf({ before, after: null }, way({ mode }))).toEqual([{ id: "before", picture: before }]);
    expect(layersOf({ before: null, after }, way({ mode }))).toEqual([{ id: "after", picture: after }]);
    expect(layersOf({ before: null, after: null }, way({ mode }))).toEqual([]);
  });

  test("the slider cuts what is after, and all of before lies below", () => {
    expect(layersOf(both, way())).toEqual([
      { id: "before", picture: before },
      { id: "after", picture: after, cut: [0.3, 1] },
    ]);
  });

  test("side by side, this stage shows what is after", () => {
    expect(layersOf(both, way({ mode: "side" }))).toEqual([{ id: "after", picture: after }]);
  });

  test("the difference blends one with the other", () => {
    expect(layersOf(both, way({ mode: "difference" })).map((layer) => layer.blend)).toEqual(["lighter", "difference"]);
  });

  test.each(["blink", "one"] as const)("the one that is not seen stays loaded: %s", (mode) => {
    const opacity = (end: Way["end"]) => layersOf(both, way({ mode, end })).map((layer) => layer.opacity);
    expect(opacity("before")).toEqual([undefined, 0]);
    expect(opacity("after")).toEqual([undefined, 1]);
  });
});

test("what is seen is what histograms are of", () => {
  expect(seen(both, way())).toEqual(["before", "after"]);
  expect(seen(both, way({ mode: "one", end: "before" }))).toEqual(["before"]);
  expect(seen({ before: null, after }, way({ mode: "one", end: "before" }))).toEqual(["after"]);
  expect(seen({ before: null, after: null }, way())).toEqual([]);
});

test("what is pointed at depends on the way", () => {
  expect(endAt(both, way(), 0.2)).toBe("before");
  expect(endAt(both, way(), 0.4)).toBe("after");
  expect(endAt(both, way({ mode: "side" }), 0.2)).toBe("after");
  expect(endAt(both, way({ mode: "blink", end: "before" }), 0.9)).toBe("before");
  expect(endAt(both, way({ mode: "difference" }), 0.9)).toBeNull();
  expect(endAt({ before, after: null }, way(), 0.9)).toBe("before");
  expect(endAt({ before: null, after: null }, way(), 0.9)).toBeNull();
});

test("of two ends, the other", () => {
  expect([otherOf("before"), otherOf("after")]).toEqual(["after", "before"]);
});
