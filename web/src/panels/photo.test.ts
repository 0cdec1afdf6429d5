import { expect, it } from "vitest";

import { beforePicture, photoName, photoPicture } from "./photo";

const SHA = "9f".repeat(32);

it("knows an uploaded photo by its content, and shows its name", () => {
  expect(photoName(`${SHA}/aunt mary.jpg`)).toBe("aunt mary.jpg");
  expect(photoPicture(`${SHA}/aunt mary.jpg`)).toEqual({ photo: SHA });
});

it("has no picture of a file beside its workflow", () => {
  expect(photoName("sample.jpg")).toBe("sample.jpg");
  expect(photoPicture("sample.jpg")).toBeNull();
});

it("shows the photo's own file, or the step that opened what no browser shows", () => {
  const step = { key: "k", output: "image" };
  expect(beforePicture(`${SHA}/aunt.JPG`, step)).toEqual({ photo: SHA });
  expect(beforePicture(`${SHA}/scan.tif`, step)).toBe(step);
  expect(beforePicture(`${SHA}/scan.tif`, null)).toEqual({ photo: SHA });
  expect(beforePicture("sample.jpg", step)).toBe(step);
});
