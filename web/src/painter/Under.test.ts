import { expect, test } from "vitest";

import type { Tiles } from "../viewer/tiles";
import { piecesOf } from "./Under";

const TILES: Tiles = {
  width: 6000,
  height: 4000,
  grid: { side: 512, overlap: 1 },
  address: (level, column, row) => `${level}/${column}_${row}`,
};

test("the photo's own pixels are taken from the largest level", () => {
  const pieces = piecesOf(TILES, { x: 1000, y: 1030, scale: 1, width: 100, height: 100 }, 1);
  expect(pieces).toEqual([
    { address: "13/1_2", left: 511, top: 1023, step: 1 },
    { address: "13/2_2", left: 1023, top: 1023, step: 1 },
  ]);
});

test("from afar a smaller level is enough", () => {
  const pieces = piecesOf(TILES, { x: 0, y: 0, scale: 0.2, width: 1200, height: 800 }, 1);
  expect(pieces).toHaveLength(6);
  expect(pieces[0]).toEqual({ address: "11/0_0", left: 0, top: 0, step: 4 });
});

test("a small copy of the photo has its tiles where they lie on the photo", () => {
  const pieces = piecesOf(TILES, { x: 12_000 - 100, y: 0, scale: 1, width: 100, height: 10 }, 0.5);
  expect(pieces.map(({ address }) => address)).toEqual(["13/11_0"]);
});

test("a picture that comes whole has none", () => {
  expect(piecesOf({ ...TILES, grid: null }, { x: 0, y: 0, scale: 1, width: 9, height: 9 }, 1)).toEqual([]);
});
