import { textNow } from "../text/language";
import { contentOf, smallUrl, type Picture } from "./picture";
import { tilesOf } from "./tiles";

/** Enough to judge tones by, and little enough to count at once. */
const SIDE = 1024;

/** Pictures whose pixels are kept: the few that are compared. */
const KEPT = 6;

const known = new Map<string, Promise<ImageData>>();

/** A picture's pixels, as its preview has them. */
export function pixelsOf(picture: Picture): Promise<ImageData> {
  const content = contentOf(picture);
  const read = known.get(content) ?? readPixels(picture);
  known.delete(content);
  known.set(content, read);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  read.catch(() => known.delete(content));
  return read;
}

async function readPixels(picture: Picture): Promise<ImageData> {
  const { grid, address: addressOf } = await tilesOf(picture);
  // What comes whole is here already.
  const address = grid ? smallUrl(picture, SIDE) : addressOf(0, 0, 0);
  const response = await fetch(address);
  if (!response.ok) throw new Error(textNow().viewer.unreadable);
  const bitmap = await createImageBitmap(await response.blob());
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale)];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(textNow().viewer.unreadable);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

export type Colour = readonly [red: number, green: number, blue: number];

/** The colour at a place, both as shares 0..1 of the picture's sides; null outside of it. */
export function colourAt({ data, width, height }: ImageData, across: number, down: number): Colour | null {
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return null;
  const at = 4 * (Math.floor(down * height) * width + Math.floor(across * width));
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}
