import { expect, test } from "vitest";

import { fileUrl } from "./file";
import { deepUrl, isSame, smallUrl } from "./picture";

const step = { key: "abc", output: "image" };
const photo = { photo: "def" };
const file = { url: "/sample.jpg" };

test("each kind of picture has its address", () => {
  expect(smallUrl(step, 512)).toBe("/preview/abc?w=512&output=image");
  expect(smallUrl(photo, 512)).toBe("/api/photos/def/thumbnail?w=512");
  expect(smallUrl(photo, 4096)).toBe("/api/photos/def/thumbnail?w=1024");
  expect(smallUrl(file, 512)).toBe("/sample.jpg");
});

test("only what steps made comes in tiles", () => {
  expect([step, photo, file].map(deepUrl)).toEqual(["/preview/abc/tiles.dzi?output=image", null, null]);
});

test("pictures are the same when they look the same", () => {
  expect(isSame(step, { ...step, size: { width: 9, height: 9 } })).toBe(true);
  expect(isSame(step, { ...step, output: "mask" })).toBe(false);
  expect(isSame(step, photo)).toBe(false);
  expect(isSame(null, photo)).toBe(false);
  expect(isSame(null, null)).toBe(true);
});

test("a step is downloaded in the format that is chosen, others as they are", () => {
  expect(fileUrl(step, "tiff", "Fill & mend")).toBe("/preview/abc/file?format=tiff&name=Fill+%26+mend&output=image");
  expect(fileUrl({ key: "abc" }, "png", "x")).toBe("/preview/abc/file?format=png&name=x");
  expect(fileUrl(photo, "png", "x")).toBe("/api/photos/def/file");
  expect(fileUrl(file, "png", "x")).toBe("/sample.jpg");
});
