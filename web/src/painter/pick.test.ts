import { expect, test } from "vitest";

import { flood, swatchOf } from "./pick";

/** Letters are greys: "a" is black, "z" is white. */
function picture(...rows: string[]) {
  const bytes = rows.flatMap((row) =>
    Array.from(row, (_, at) => row.charCodeAt(at)).flatMap((code) => {
      const grey = Math.round(((code - 97) / 25) * 255);
      return [grey, grey, grey, 255];
    }),
  );
  return swatchOf(Uint8ClampedArray.from(bytes), rows[0]?.length ?? 0, rows.length);
}

const shown = ({ inside, width }: ReturnType<typeof flood>): readonly string[] =>
  [...inside].join("").match(new RegExp(`.{${width}}`, "g")) ?? [];

test("colours are those of CIELAB", () => {
  const { lab } = swatchOf(Uint8ClampedArray.from([255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 255]), 3, 1);
  const known = [100, 0, 0, 53.24, 80.09, 67.2, 32.3, 79.19, -107.86];
  known.forEach((value, at) => expect(Math.abs((lab[at] ?? NaN) - value)).toBeLessThan(0.1));
});

test("a flood takes what hangs together by sides and is alike", () => {
  const photo = picture("aaza", "azaa", "azza");
  expect(shown(flood(photo, [0.5, 0.5], 0.1))).toEqual(["1100", "1000", "1000"]);
  expect(shown(flood(photo, [3.5, 2.5], 0.1))).toEqual(["0001", "0011", "0001"]);
});

test("it compares with where it began, and goes as far as it is told to", () => {
  const photo = picture("abcdefz");
  expect(shown(flood(photo, [0.5, 0.5], 0))).toEqual(["1000000"]);
  expect(shown(flood(photo, [0.5, 0.5], 0.1))[0]).toMatch(/^1+0+$/);
  expect(shown(flood(photo, [0.5, 0.5], 1))).toEqual(["1111111"]);
});
