import { expect, it } from "vitest";

import { figuresOf } from "./figures";

it.each([
  [320, "1 kB"],
  [45_600, "46 kB"],
  [4_885_111, "4.9 MB"],
  [348_632_874, "349 MB"],
  [1_500_000_000, "1.5 GB"],
])("writes %i bytes as %s", (count, words) => {
  expect(figuresOf("en").bytes(count)).toBe(words);
});

it("writes figures as the language does", () => {
  expect(figuresOf("de").bytes(4_885_111).replace(/\s/g, " ")).toBe("4,9 MB");
  expect(figuresOf("de").size(1024, 768)).toBe("1.024 × 768");
});

it("writes seconds, and minutes where there are some", () => {
  expect(figuresOf("en").seconds(2.34)).toBe("2.3 sec");
  expect(figuresOf("en").seconds(125)).toBe("2 min 5 sec");
});
