import { describe, expect, it } from "vitest";

import { findIn, scoreOf } from "./search";

const blur = { title: "Remove Blur", words: ["detail/remove_blur", "Detail", "Sharpen a photo that was shaken."] };
const sharpen = { title: "Sharpen", words: ["detail/sharpen", "Detail", "Make edges crisper."] };
const noise = { title: "Reduce Noise", words: ["Rauschen mindern", "Take out grain and speckles, keep edges."] };
const all = [blur, sharpen, noise];

describe("a search", () => {
  it("finds everything, in its order, while nothing is written", () => {
    expect(findIn("  ", all)).toEqual(all);
  });

  it("puts titles before other words", () => {
    expect(findIn("sharp", all)).toEqual([sharpen, blur]);
    expect(findIn("edges", all)).toEqual([sharpen, noise].sort((one, other) => scoreOf("edges", other) - scoreOf("edges", one)));
  });

  it("needs every word, in any order, without accents and signs", () => {
    expect(findIn("noise reduce", all)).toEqual([noise]);
    expect(findIn("noise blur", all)).toEqual([]);
    expect(findIn("RÉMOVE-blur", all)).toEqual([blur]);
    expect(findIn("rauschen", all)).toEqual([noise]);
  });

  it("does not find a letter or two in the middle of words", () => {
    expect(findIn("oi", all)).toEqual([]);
    expect(findIn("ois", all)).toEqual([noise]);
    expect(findIn("xyz", all)).toEqual([]);
  });
});
