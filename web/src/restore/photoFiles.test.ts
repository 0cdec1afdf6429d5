import { describe, expect, it } from "vitest";

import { acceptOf, sortFiles } from "./photoFiles";

const SUFFIXES = [".jpg", ".tif", ".heic"];

const file = (name: string, type = "", content = "x"): File => new File([content], name, { type });

const why = (one: File): string | undefined => sortFiles([one], SUFFIXES).refused[0]?.why;

describe("sortFiles", () => {
  it("takes photos by their suffix, by their type, and those that have neither", () => {
    const photos = [file("a.JPG"), file("scan.tif"), file("b.avif", "image/avif"), file("scan0001")];
    expect(sortFiles(photos, SUFFIXES)).toEqual({ photos, refused: [] });
  });

  it.each([
    ["letter.docx", "", "notPhoto"],
    ["film.mp4", "video/mp4", "notPhoto"],
    ["drawing.svg", "image/svg+xml", "notPhoto"],
    ["graph.json", "application/json", "workflow"],
  ])("says why %s is not taken", (name, type, reason) => {
    expect(why(file(name, type))).toBe(reason);
  });

  it("refuses what is empty, and what is larger than the server takes", () => {
    expect(why(file("a.jpg", "image/jpeg", ""))).toBe("empty");
    const large = file("a.jpg", "image/jpeg");
    Object.defineProperty(large, "size", { value: 2 ** 31 + 1 });
    expect(why(large)).toBe("large");
  });

  it("sorts the good from the bad and keeps their order", () => {
    const [one, two] = [file("1.jpg"), file("2.jpg")];
    const { photos, refused } = sortFiles([one, file("x.pdf"), two], SUFFIXES);
    expect(photos).toEqual([one, two]);
    expect(refused).toEqual([{ name: "x.pdf", why: "notPhoto" }]);
  });
});

it("offers every picture, and the formats that browsers do not know by type", () => {
  expect(acceptOf(SUFFIXES)).toBe("image/*,.jpg,.tif,.heic");
});
