import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Thumbnail } from "./Thumbnail";

/** Pictures on their way; each comes when a test lets it. */
let coming: Map<string, (status?: number) => void>;

beforeEach(() => {
  coming = new Map();
  vi.stubGlobal("fetch", (url: string) =>
    new Promise((resolve) => coming.set(url, (status = 200) => resolve(new Response(url, { status })))),
  );
  vi.stubGlobal("createImageBitmap", async (blob: Blob) => ({ name: await blob.text(), width: 4, height: 3 }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A canvas that knows what was drawn on it, and a thumbnail on it. */
function easel() {
  const drawn: string[] = [];
  const shown: string[] = [];
  const context = { drawImage: ({ name }: { readonly name: string }) => drawn.push(name) };
  const canvas = { width: 1, height: 1, getContext: () => context } as unknown as HTMLCanvasElement;
  return { canvas, drawn, shown, thumbnail: new Thumbnail(canvas, (what) => shown.push(what)) };
}

const come = async (url: string, status?: number) => {
  await vi.waitFor(() => expect(coming.has(url)).toBe(true));
  coming.get(url)?.(status);
};

it("draws a picture as large as it is, and the next time at once", async () => {
  const one = easel();
  one.thumbnail.show("/a");
  await come("/a");
  await vi.waitFor(() => expect(one.drawn).toEqual(["/a"]));
  expect([one.canvas.width, one.canvas.height]).toEqual([4, 3]);
  const again = easel();
  again.thumbnail.show("/a");
  expect(again.drawn).toEqual(["/a"]);
});

it("leaves out what is overtaken, but never the newest", async () => {
  const { thumbnail, drawn } = easel();
  for (const url of ["/b1", "/b2", "/b3"]) thumbnail.show(url);
  await come("/b1");
  await come("/b3");
  await vi.waitFor(() => expect(drawn).toEqual(["/b1", "/b3"]));
  expect(coming.has("/b2")).toBe(false);
});

it("draws no old picture over a newer one", async () => {
  const first = easel();
  first.thumbnail.show("/c-new");
  await come("/c-new");
  await vi.waitFor(() => expect(first.drawn).toEqual(["/c-new"]));
  const { thumbnail, drawn } = easel();
  thumbnail.show("/c-old");
  thumbnail.show("/c-new");
  await come("/c-old");
  thumbnail.show("/c-end");
  await come("/c-end");
  await vi.waitFor(() => expect(drawn.at(-1)).toBe("/c-end"));
  expect(drawn).toEqual(["/c-new", "/c-end"]);
});

it("says that a picture is gone, unless it has one to show", async () => {
  const { thumbnail, shown } = easel();
  thumbnail.show("/d1");
  await come("/d1", 404);
  await vi.waitFor(() => expect(shown).toEqual(["lost"]));
  thumbnail.show("/d2");
  await come("/d2");
  await vi.waitFor(() => expect(shown).toEqual(["lost", "picture"]));
  thumbnail.show("/d3");
  await come("/d3", 404);
  await vi.waitFor(() => expect(shown).toEqual(["lost", "picture", "picture"]));
  thumbnail.show("/d4");
  await come("/d4");
  await vi.waitFor(() => expect(shown).toEqual(["lost", "picture", "picture", "picture"]));
});
