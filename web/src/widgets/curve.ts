import type { Point } from "../document/workflow";

/** A tone curve: points in 0..1 from left to right, two at least. */
export type Points = readonly Point[];

export const MOST_POINTS = 64;

/** Points keep so far apart that the server takes them as one after the other. */
const APART = 0.005;

/** What the engine counts with: more digits are noise. */
const round = (part: number): number => Math.round(part * 10_000) / 10_000;

const between = (part: number, low: number, high: number): number => Math.min(high, Math.max(low, part));

/** The curve that a value holds; null if it holds none. */
export function pointsOf(value: unknown): Points | null {
  if (!Array.isArray(value) || value.length < 2 || value.length > MOST_POINTS) return null;
  const parts: readonly unknown[] = value;
  return parts.every(isPoint) && parts.every(([x], index) => !index || x > (parts[index - 1]?.[0] ?? 0)) ? parts : null;
}

const isPoint = (part: unknown): part is Point =>
  Array.isArray(part) && part.length === 2 && part.every((each) => typeof each === "number" && each >= 0 && each <= 1);

/** Move a point, as far as its neighbours let it. */
export function movePoint(points: Points, index: number, [x, y]: Point): Points {
  const low = index === 0 ? 0 : (points[index - 1]?.[0] ?? 0) + APART;
  const high = index === points.length - 1 ? 1 : (points[index + 1]?.[0] ?? 1) - APART;
  const old = points[index];
  if (!old) return points;
  const moved: Point = [low <= high ? round(between(x, low, high)) : old[0], round(between(y, 0, 1))];
  return points.map((point, at) => (at === index ? moved : point));
}

/** Add a point; the same curve where there is no room for one. */
export function addPoint(points: Points, [x, y]: Point): Points {
  const added: Point = [round(between(x, 0, 1)), round(between(y, 0, 1))];
  const isTaken = points.some(([other]) => Math.abs(other - added[0]) < APART);
  if (isTaken || points.length >= MOST_POINTS) return points;
  return [...points, added].sort(([one], [other]) => one - other);
}

/** Take a point away; two stay. */
export const removePoint = (points: Points, index: number): Points =>
  points.length > 2 ? points.filter((_, at) => at !== index) : points;

/** The middle of the widest gap: where a point that the keyboard adds has most room. */
export function roomiest(points: Points): Point {
  const gaps = points.slice(1).map(([right], index): Point => [points[index]?.[0] ?? 0, right]);
  const width = ([left, right]: Point) => right - left;
  const [left, right] = gaps.reduce((widest, gap) => (width(gap) > width(widest) ? gap : widest));
  const x = (left + right) / 2;
  return [x, curveAt(points, x)];
}

/**
 * The curve's value: a smooth line through the points that never leaves the range between neighbours.
 *
 * After F. N. Fritsch and R. E. Carlson, "Monotone Piecewise Cubic Interpolation" (1980).
 */
export function curveAt(points: Points, x: number): number {
  const slopes = slopesOf(points);
  const last = points.length - 1;
  const [first, end] = [points[0], points[last]];
  if (!first || !end) return x;
  if (x <= first[0]) return first[1];
  if (x >= end[0]) return end[1];
  const index = points.findIndex(([right]) => right >= x) - 1;
  const [left, right] = [points[index] ?? first, points[index + 1] ?? end];
  const width = right[0] - left[0];
  const t = (x - left[0]) / width;
  const [h00, h10, h01, h11] = [2 * t ** 3 - 3 * t ** 2 + 1, t ** 3 - 2 * t ** 2 + t, 3 * t ** 2 - 2 * t ** 3, t ** 3 - t ** 2];
  const value = h00 * left[1] + h10 * width * (slopes[index] ?? 0) + h01 * right[1] + h11 * width * (slopes[index + 1] ?? 0);
  return between(value, 0, 1);
}

function slopesOf(points: Points): readonly number[] {
  const secants = points.slice(1).map(([x, y], index) => {
    const [left, low] = points[index] ?? [0, 0];
    return (y - low) / (x - left);
  });
  return points.map((_, index) => {
    const [before, after] = [secants[index - 1], secants[index]];
    if (before === undefined || after === undefined) return before ?? after ?? 0;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
}

/** The curve as a path in a square of `side`, its origin at the lower left. */
export function pathOf(points: Points, side: number, samples = 64): string {
  const xs = Array.from({ length: samples + 1 }, (_, index) => index / samples);
  return xs
    .map((x, index) => `${index ? "L" : "M"}${(x * side).toFixed(2)} ${((1 - curveAt(points, x)) * side).toFixed(2)}`)
    .join("");
}
