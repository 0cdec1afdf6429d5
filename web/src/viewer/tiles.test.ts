import { afterEach, expect, test, vi } from "vitest";

import { Refused } from "../server/http";
import { readDescription, tilesOf } from "./tiles";

const description = (width: number, height: number): string =>
  `<Image Format="webp" Overlap="1" TileSize="512"><Size Width="${width}" Height="${height}"/></Image>`;

const answer = (body: unknown, status = 200): Promise<Response> =>
  Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a description says how large the picture and its tiles are", () => {
  expect(readDescription(description(12000, 9000))).toEqual({ width: 12000, height: 9000, side: 512, overlap: 1 });
  expect(() => readDescription("<Image/>")).toThrow("names no Width");
});

test("a large result comes in tiles, whose addresses carry its output", async () => {
  vi.stubGlobal("fetch", () => answer(description(12000, 9000)));
  const tiles = await tilesOf({ key: "large", output: "image" });
  expect(tiles.grid).toEqual({ side: 512, overlap: 1 });
  expect(tiles.address(13, 2, 3)).toBe("/preview/large/tiles_files/13/2_3.webp?output=image");
});

test("a small result comes whole", async () => {
  vi.stubGlobal("fetch", () => answer(description(640, 480)));
  const tiles = await tilesOf({ key: "small" });
  expect([tiles.width, tiles.height, tiles.grid]).toEqual([640, 480, null]);
  expect(tiles.address(0, 0, 0)).toBe("/preview/small?w=2048");
});

test("the server is asked once for what does not change, and again after a failure", async () => {
  const fetch = vi.fn(() => answer({ problems: [{ message: "It is gone." }] }, 404));
  vi.stubGlobal("fetch", fetch);
  await expect(tilesOf({ key: "lost" })).rejects.toThrow(Refused);
  fetch.mockImplementation(() => answer(description(640, 480)));
  await tilesOf({ key: "lost" });
  await tilesOf({ key: "lost" });
  expect(fetch).toHaveBeenCalledTimes(2);
});

test.each([
  ["one", "image/jpeg", 3000, "/api/photos/one/file"],
  ["two", "image/tiff", 3000, "/api/photos/two/thumbnail?w=1024"],
  ["three", "image/jpeg", 30000, "/api/photos/three/thumbnail?w=1024"],
])("a photo is shown as the browser can: %s, %s, %i pixels wide", async (photo, media_type, width, address) => {
  vi.stubGlobal("fetch", () => answer({ media_type, width, height: 2000 }));
  const tiles = await tilesOf({ photo });
  expect(tiles.width).toBe(width);
  expect(tiles.address(0, 0, 0)).toBe(address);
});
