import type { Point } from "../document/workflow";

/** Points and, where a pen was pressed, how far its edge was from them at each. */
export interface Trail {
  readonly points: readonly Point[];
  /** Factors of the size, or empty. */
  readonly widths: readonly number[];
}

/** The fewest of a trail's points that keep it within `tolerance`, its width included (`reach` is half its size).
 *
 * After Douglas and Peucker (1973), with a stack instead of recursion: a stroke may have many thousands of points.
 */
export function simplify({ points, widths }: Trail, tolerance: number, reach = 0): Trail {
  const last = points.length - 1;
  if (last < 2) return { points, widths };
  const kept = new Uint8Array(points.length);
  kept[0] = kept[last] = 1;
  const spans: [number, number][] = [[0, last]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const { at, distance } = farthest(points, widths, from, to, reach);
    if (distance <= tolerance) continue;
    kept[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return { points: points.filter((_, at) => kept[at]), widths: widths.filter((_, at) => kept[at]) };
}

/** Of the points between two, the one that is farthest from the straight way. */
function farthest(points: readonly Point[], widths: readonly number[], from: number, to: number, reach: number) {
  const [start, end] = [points[from] ?? [0, 0], points[to] ?? [0, 0]];
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const square = dx * dx + dy * dy;
  const [first, last] = [widths[from] ?? 1, widths[to] ?? 1];
  let [at, distance] = [from, -1];
  for (let i = from + 1; i < to; i++) {
    const [x, y] = points[i] ?? start;
    const share = square ? Math.min(1, Math.max(0, ((x - start[0]) * dx + (y - start[1]) * dy) / square)) : 0;
    const thicker = Math.abs((widths[i] ?? 1) - first - (last - first) * share) * reach;
    const away = Math.hypot(x - start[0] - share * dx, y - start[1] - share * dy) + thicker;
    if (away > distance) [at, distance] = [i, away];
  }
  return { at, distance };
}
