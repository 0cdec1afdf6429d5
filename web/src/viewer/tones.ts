export const CHANNELS = ["red", "green", "blue", "luma"] as const;
export type Channel = (typeof CHANNELS)[number];

/** How many pixels have each of the 256 tones. */
export type Tones = Readonly<Record<Channel, Uint32Array>>;

/** What each channel adds to brightness, in 1/256 (ITU-R BT.709). */
const RED = 54;
const GREEN = 183;
const BLUE = 19;

/** Count the tones of RGBA pixels. Clear ones do not count. */
export function countTones(pixels: Uint8ClampedArray): Tones {
  const [red, green, blue, luma] = [count(), count(), count(), count()];
  for (let at = 0; at < pixels.length; at += 4) {
    if (!pixels[at + 3]) continue;
    const [r = 0, g = 0, b = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    add(red, r);
    add(green, g);
    add(blue, b);
    add(luma, (RED * r + GREEN * g + BLUE * b) >> 8);
  }
  return { red, green, blue, luma };
}

const count = () => new Uint32Array(256);

const add = (counts: Uint32Array, tone: number): void => {
  counts[tone] = (counts[tone] ?? 0) + 1;
};

/** Of the tones that occur, so many stay below the top: a white border would flatten all else. */
const TOP = 0.98;

/** The count that is drawn at full height. */
export function peakOf(tones: Tones): number {
  const counts = CHANNELS.flatMap((channel) => [...tones[channel]].filter(Boolean)).sort((one, other) => one - other);
  return counts[Math.floor(counts.length * TOP)] ?? counts.at(-1) ?? 1;
}

/** The area under one channel's counts, as the path of an SVG of 255 × 100. */
export function areaOf(counts: Uint32Array, peak: number): string {
  const tops = [...counts].map((value, tone) => `L${tone} ${(100 - 100 * Math.min(1, value / peak)).toFixed(1)}`);
  return `M0 100${tops.join("")}L255 100Z`;
}
