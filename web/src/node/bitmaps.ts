/** Pictures that are decoded already: a card that comes back into sight shows its picture at once. */
const kept = new Map<string, ImageBitmap>();

/** About 40 MB. */
const MOST = 100;

/** The picture at an address if it is at hand. */
export const bitmapNow = (url: string): ImageBitmap | undefined => kept.get(url);

/** The picture at an address. Throws where there is none. What is at an address never changes. */
export async function bitmapOf(url: string): Promise<ImageBitmap> {
  const known = kept.get(url);
  if (known) {
    kept.delete(url);
    kept.set(url, known);
    return known;
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const bitmap = await createImageBitmap(await response.blob());
  kept.set(url, bitmap);
  for (const [oldest] of kept) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return bitmap;
}
