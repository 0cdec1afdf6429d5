import { fill, touch, type Ink, type Sheet } from "./sheet";
import type { Stroke } from "./strokes";

/** One straight piece of a stroke on a sheet's cells: from (ax, ay) to (bx, by). */
interface Piece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** Where a brush has touched a cell wholly, and from where on not at all: distances from its middle in cells. */
interface Edge {
  readonly inner: number;
  readonly outer: number;
  /** How much it touches at most: less than 1 where it is thinner than a cell. */
  readonly most: number;
}

/** Paints some of a brush stroke's pieces, from the one that ends in point `from` on.
 *
 * It is the brush of the server: how much a pixel is touched follows the distance of its middle from the line. Where
 * cells are larger than pixels, the edge is one cell wide at least, so that it is smooth.
 */
export function paintBrush(sheet: Sheet, stroke: Stroke, ink: Ink, from = 0, to = stroke.points.length): void {
  const { x, y, scale } = sheet.grid;
  for (let at = Math.max(from, stroke.points.length > 1 ? 1 : 0); at < to; at++) {
    const end = stroke.points[at];
    const start = stroke.points[at - 1] ?? end;
    if (!start || !end) return;
    const piece = {
      ax: (start[0] - x) * scale,
      ay: (start[1] - y) * scale,
      bx: (end[0] - x) * scale,
      by: (end[1] - y) * scale,
    };
    const last = stroke.widths[at];
    if (last === undefined) paintEven(sheet, piece, edgeOf(stroke.size / 2, stroke.hardness, scale), ink);
    else paintPressed(sheet, piece, stroke, stroke.widths[at - 1] ?? last, last, ink);
  }
}

function edgeOf(radius: number, hardness: number, scale: number): Edge {
  const fade = Math.max(1, (1 - hardness) * radius);
  const middle = radius + 0.5 - fade / 2;
  const wide = Math.max(fade, 1 / scale);
  // A thin brush on large cells touches them by the share of its width, as an average of their pixels would.
  const thin = scale < 1 ? Math.min(1, Math.max(2 * radius, 1) * scale) : 1;
  return { inner: (middle - wide / 2) * scale, outer: (middle + wide / 2) * scale, most: 255 * thin };
}

/** Row by row: whole cells at once, and one by one only where the edge is. */
function paintEven(sheet: Sheet, piece: Piece, { inner, outer, most }: Edge, ink: Ink): void {
  const { width, height } = sheet.grid;
  const slope = most / (outer - inner);
  const top = Math.max(0, Math.ceil(Math.min(piece.ay, piece.by) - outer - 0.5));
  const bottom = Math.min(height - 1, Math.floor(Math.max(piece.ay, piece.by) + outer - 0.5));
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5;
    const [low, high] = span(piece, y, outer);
    const left = Math.max(0, Math.ceil(low - 0.5));
    const right = Math.min(width, Math.floor(high - 0.5) + 1);
    const [coreLow, coreHigh] = most < 255 ? NONE : span(piece, y, inner);
    const coreLeft = Math.min(right, Math.max(left, Math.ceil(coreLow - 0.5)));
    const coreRight = Math.min(right, Math.floor(coreHigh - 0.5) + 1);
    const start = row * width;
    const hasCore = coreLeft < coreRight;
    for (let column = left; column < (hasCore ? coreLeft : right); column++) {
      touch(sheet, start + column, shade(piece, column + 0.5, y, outer, slope, most), ink);
    }
    if (!hasCore) continue;
    fill(sheet, start + coreLeft, start + coreRight, ink);
    for (let column = coreRight; column < right; column++) {
      touch(sheet, start + column, shade(piece, column + 0.5, y, outer, slope, most), ink);
    }
  }
}

const shade = (piece: Piece, x: number, y: number, outer: number, slope: number, most: number): number =>
  Math.round(Math.min(most, Math.max(0, (outer - away(piece, x, y)) * slope)));

/** The distance of a point from a piece. */
function away({ ax, ay, bx, by }: Piece, x: number, y: number): number {
  const share = shareOf(ax, ay, bx, by, x, y);
  const [dx, dy] = [x - ax - share * (bx - ax), y - ay - share * (by - ay)];
  return Math.sqrt(dx * dx + dy * dy);
}

/** How far along a piece a point lies, 0..1. */
function shareOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  return square ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
}

type Span = readonly [low: number, high: number];
const NONE: Span = [Infinity, -Infinity];
const ALL: Span = [-Infinity, Infinity];

/** Where a row lies within `reach` of a piece: the round ends, and the strip between them. */
function span({ ax, ay, bx, by }: Piece, y: number, reach: number): Span {
  if (reach < 0) return NONE;
  const [startLow, startHigh] = disk(ax, y - ay, reach);
  const [endLow, endHigh] = disk(bx, y - by, reach);
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.sqrt(dx * dx + dy * dy);
  const [alongLow, alongHigh] = within(dx, (y - ay) * dy - ax * dx, 0, length * length);
  const [acrossLow, acrossHigh] = within(dy, -ax * dy - (y - ay) * dx, -reach * length, reach * length);
  const [low, high] = [Math.max(alongLow, acrossLow), Math.min(alongHigh, acrossHigh)];
  const body = length > 0 && low <= high ? ([low, high] as const) : NONE;
  return [Math.min(startLow, endLow, body[0]), Math.max(startHigh, endHigh, body[1])];
}

function disk(x: number, dy: number, reach: number): Span {
  const square = reach * reach - dy * dy;
  if (square < 0) return NONE;
  const half = Math.sqrt(square);
  return [x - half, x + half];
}

/** Where least <= factor · x + offset <= most. */
function within(factor: number, offset: number, least: number, most: number): Span {
  if (factor === 0) return least <= offset && offset <= most ? ALL : NONE;
  const [one, other] = [(least - offset) / factor, (most - offset) / factor];
  return one < other ? [one, other] : [other, one];
}

/** A piece along which the pressure, and so the width, goes from one to another. */
function paintPressed(sheet: Sheet, piece: Piece, stroke: Stroke, first: number, last: number, ink: Ink): void {
  const { width, height, scale } = sheet.grid;
  const { ax, ay, bx, by } = piece;
  const radius = stroke.size / 2;
  const reach = (radius * Math.max(first, last) + 0.5) * scale + 1;
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
  for (let row = top; row <= bottom; row++) {
    const [low, high] = span(piece, row + 0.5, reach);
    const right = Math.min(width - 1, Math.ceil(high));
    for (let column = Math.max(0, Math.floor(low)); column <= right; column++) {
      const share = shareOf(ax, ay, bx, by, column + 0.5, row + 0.5);
      const here = radius * (first + (last - first) * share);
      const { inner, outer, most } = edgeOf(here, stroke.hardness, scale);
      const part = Math.min(1, (outer - away(piece, column + 0.5, row + 0.5)) / (outer - inner));
      // A pen that hardly touches leaves less than the width of a pixel, and one that is lifted leaves nothing.
      if (part > 0) touch(sheet, row * width + column, Math.round(part * most * Math.min(2 * here, 1)), ink);
    }
  }
}
