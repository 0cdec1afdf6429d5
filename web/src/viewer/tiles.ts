import type { PhotoJson } from "../server/api";
import { ask, problemsIn, Refused, Unreachable } from "../server/http";
import { textNow } from "../text/language";
import { contentOf, deepUrl, smallUrl, type Picture, type Size } from "./picture";

/** A picture as its viewer fetches it: whole, or cut into a pyramid of tiles, each level of twice the size below it. */
export interface Tiles extends Size {
  /** Pixels of a tile's side, and of what it shows of its neighbours; null: the picture comes whole. */
  readonly grid: { readonly side: number; readonly overlap: number } | null;
  readonly address: (level: number, column: number, row: number) => string;
}

/** Pictures no larger than this come whole: one request, and nothing appears in pieces. */
export const WHOLE = 2048;

/** Photos with more pixels than this are too much for a telephone's canvas; their thumbnail stands for them. */
const LARGE = 16e6;

/** What browsers read; of others there are thumbnails. */
const READABLE = ["image/jpeg", "image/png", "image/webp", "image/bmp"];

/** How many answers are kept; a picture never changes, so that they stay right. */
const KEPT = 500;

const known = new Map<string, Promise<Tiles>>();

/** How a picture is fetched. Throws Refused where the server does not have it any more. */
export function tilesOf(picture: Picture): Promise<Tiles> {
  const content = contentOf(picture);
  const found = known.get(content);
  if (found) return found;
  const asked = askTiles(picture);
  known.set(content, asked);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  // A failure is not kept: the next who asks may be luckier.
  asked.catch(() => known.delete(content));
  return asked;
}

function askTiles(picture: Picture): Promise<Tiles> {
  const description = deepUrl(picture);
  if (description) return stepTiles(picture, description);
  return "photo" in picture ? photoTiles(picture, picture.photo) : fileTiles(picture);
}

async function stepTiles(picture: Picture, description: string): Promise<Tiles> {
  const response = await fetch(description).catch(() => {
    throw new Unreachable();
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, problemsIn(text, response.status));
  const { width, height, side, overlap } = readDescription(text);
  if (Math.max(width, height) <= WHOLE) return whole({ width, height }, smallUrl(picture, WHOLE));
  const address = (level: number, column: number, row: number) =>
    description.replace("/tiles.dzi", `/tiles_files/${level}/${column}_${row}.webp`);
  return { width, height, grid: { side, overlap }, address };
}

/** The figures of a Deep Zoom description. */
export function readDescription(text: string): Size & { readonly side: number; readonly overlap: number } {
  const figure = (name: string): number => {
    const [, digits] = new RegExp(`\\b${name}="(\\d+)"`).exec(text) ?? [];
    if (digits === undefined) throw new Error(`The description of the picture's tiles names no ${name}.`);
    return Number(digits);
  };
  return { width: figure("Width"), height: figure("Height"), side: figure("TileSize"), overlap: figure("Overlap") };
}

async function photoTiles(picture: Picture, photo: string): Promise<Tiles> {
  const facts = await ask<PhotoJson>(`/api/photos/${photo}`);
  const shown = READABLE.includes(facts.media_type) && facts.width * facts.height <= LARGE;
  return whole(facts, shown ? `/api/photos/${photo}/file` : smallUrl(picture, WHOLE));
}

async function fileTiles(picture: Picture): Promise<Tiles> {
  const address = smallUrl(picture, WHOLE);
  const image = new Image();
  image.src = address;
  await image.decode().catch(() => {
    throw new Error(textNow().viewer.unreadable);
  });
  return whole({ width: image.naturalWidth, height: image.naturalHeight }, address);
}

const whole = ({ width, height }: Size, address: string): Tiles => ({
  width,
  height,
  grid: null,
  address: () => address,
});
