import type { Point } from "../document/workflow";

/** A small picture of the photo in CIELAB, three values a pixel. */
export interface Swatch {
  readonly width: number;
  readonly height: number;
  readonly lab: Float32Array;
}

/** What a flood covers of a swatch: 1 inside, 0 outside. */
export interface Flooded {
  readonly width: number;
  readonly height: number;
  readonly inside: Uint8Array;
}

/** By which the same colour may differ from itself. */
const ROUNDING = 0.01;

/** From sRGB bytes, four a pixel, as a canvas gives them. */
export function swatchOf(rgba: Uint8ClampedArray, width: number, height: number): Swatch {
  const lab = new Float32Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [r, g, b] = [linear(rgba[at * 4]), linear(rgba[at * 4 + 1]), linear(rgba[at * 4 + 2])];
    const x = bent((0.412453 * r + 0.35758 * g + 0.180423 * b) / 0.950456);
    const y = bent(0.212671 * r + 0.71516 * g + 0.072169 * b);
    const z = bent((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.088754);
    lab[at * 3] = 116 * y - 16;
    lab[at * 3 + 1] = 500 * (x - y);
    lab[at * 3 + 2] = 200 * (y - z);
  }
  return { width, height, lab };
}

const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

const linear = (byte = 0): number => LINEAR[byte] ?? 0;

/** How CIELAB bends lightness. */
const bent = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);

/** All that hangs together with a pixel by sides and is alike: ΔE*ab within a hundred times the tolerance.
 *
 * The server does the same on the whole photo; this is what can be shown at once.
 */
export function flood(swatch: Swatch, [x, y]: Point, tolerance: number): Flooded {
  const { width, height } = swatch;
  const inside = new Uint8Array(width * height);
  const start = Math.min(height - 1, Math.max(0, Math.floor(y))) * width + Math.min(width - 1, Math.max(0, Math.floor(x)));
  const isAlike = alike(swatch, start, (100 * tolerance + ROUNDING) ** 2);
  const waiting = [start];
  inside[start] = 1;
  const visit = (at: number) => {
    if (inside[at] || !isAlike(at)) return;
    inside[at] = 1;
    waiting.push(at);
  };
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return { width, height, inside };
}

function alike({ lab }: Swatch, start: number, square: number): (at: number) => boolean {
  const [l = 0, a = 0, b = 0] = lab.subarray(start * 3, start * 3 + 3);
  return (at) => {
    const [dl, da, db] = [(lab[at * 3] ?? 0) - l, (lab[at * 3 + 1] ?? 0) - a, (lab[at * 3 + 2] ?? 0) - b];
    return dl * dl + da * da + db * db <= square;
  };
}
