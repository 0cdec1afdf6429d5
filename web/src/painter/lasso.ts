import type { Point } from "../document/workflow";
import { touch, type Ink, type Sheet } from "./sheet";

/** Scan lines in each row of cells, as on the server: across, areas are exact, and down, to a sixteenth. */
const SCANS = 16;

/** Fills a closed shape; what it encloses twice is outside (the even-odd rule). */
export function fillLasso(sheet: Sheet, points: readonly Point[], ink: Ink): void {
  const { x, y, scale, width, height } = sheet.grid;
  const corners = points.map(([px, py]) => [(px - x) * scale, (py - y) * scale] as const);
  const lines = crossings(corners, height);
  const change = new Float64Array(width + 2);
  for (let row = 0; row < height; row++) {
    let touched = false;
    for (let scan = row * SCANS; scan < (row + 1) * SCANS; scan++) {
      const line = lines.get(scan);
      if (!line) continue;
      touched = true;
      turn(change, line, width);
    }
    if (touched) pour(sheet, row, change, ink);
  }
}

/** By scan line, where the shape's edges cross it. Scan lines lie in the middle of their strip. */
function crossings(corners: readonly Point[], height: number): ReadonlyMap<number, number[]> {
  const lines = new Map<number, number[]>();
  corners.forEach((start, at) => {
    const end = corners[(at + 1) % corners.length] ?? start;
    const [upper, lower] = start[1] < end[1] ? [start, end] : [end, start];
    const first = Math.max(0, Math.ceil(upper[1] * SCANS - 0.5));
    const last = Math.min(height * SCANS, Math.ceil(lower[1] * SCANS - 0.5));
    for (let scan = first; scan < last; scan++) {
      const share = ((scan + 0.5) / SCANS - start[1]) / (end[1] - start[1]);
      const x = start[0] + share * (end[0] - start[0]);
      const line = lines.get(scan);
      if (line) line.push(x);
      else lines.set(scan, [x]);
    }
  });
  return lines;
}

/** At each crossing, all to its right turns from outside to inside, or back. */
function turn(change: Float64Array, line: number[], width: number): void {
  line.sort((one, other) => one - other);
  line.forEach((crossing, nth) => {
    const x = Math.min(width, Math.max(0, crossing));
    const cell = Math.floor(x);
    const turns = (nth % 2 ? -1 : 1) / SCANS;
    change[cell] = (change[cell] ?? 0) + turns * (1 - (x - cell));
    change[cell + 1] = (change[cell + 1] ?? 0) + turns * (x - cell);
  });
}

/** Sums the changes of a row up, touches its cells, and leaves no changes behind. */
function pour(sheet: Sheet, row: number, change: Float64Array, ink: Ink): void {
  const { width } = sheet.grid;
  let covered = 0;
  for (let column = 0; column < width; column++) {
    covered += change[column] ?? 0;
    if (covered > 1e-6) touch(sheet, row * width + column, Math.min(255, Math.round(covered * 255)), ink);
  }
  change.fill(0);
}
