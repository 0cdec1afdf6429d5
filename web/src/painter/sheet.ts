import type { Grid } from "./grid";

/** A mask on a grid: how much each cell is marked, and with which colour where strokes have their own. */
export interface Sheet {
  readonly grid: Grid;
  /** 0..255, row by row. */
  readonly values: Uint8Array;
  readonly colours: Uint32Array | null;
}

/** What a stroke does to the cells that it touches. */
export interface Ink {
  readonly erase: boolean;
  /** As `packed` gives it. */
  readonly colour: number;
}

export function emptySheet(grid: Grid, coloured: boolean): Sheet {
  const size = grid.width * grid.height;
  return { grid, values: new Uint8Array(size), colours: coloured ? new Uint32Array(size) : null };
}

/** Marking raises, erasing lowers: touching a cell twice is touching it once. */
export function touch({ values, colours }: Sheet, at: number, cover: number, { erase, colour }: Ink): void {
  const before = values[at] ?? 0;
  if (erase) {
    if (255 - cover < before) values[at] = 255 - cover;
  } else if (cover > 0) {
    if (colours && (cover >= before || cover > 127)) colours[at] = colour;
    if (cover > before) values[at] = cover;
  }
}

/** Touches a row of cells wholly. */
export function fill({ values, colours }: Sheet, from: number, to: number, { erase, colour }: Ink): void {
  values.fill(erase ? 0 : 255, from, to);
  if (!erase) colours?.fill(colour, from, to);
}

/** Lays a sheet of some of the cells over another, `left` and `top` cells from its corner. */
export function lay(over: Sheet, part: Sheet, left: number, top: number): void {
  const { width, height } = part.grid;
  for (let row = 0; row < height; row++) {
    const at = (top + row) * over.grid.width + left;
    over.values.set(part.values.subarray(row * width, (row + 1) * width), at);
    if (part.colours) over.colours?.set(part.colours.subarray(row * width, (row + 1) * width), at);
  }
}

/** "#rrggbb" as the bytes of a pixel in memory, without its opacity. */
export function packed(colour: string): number {
  const value = Number.parseInt(colour.slice(1, 7), 16) || 0;
  return ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16);
}

/** The same on another grid, each cell as the nearest was: quick, and right enough until it is painted anew. */
export function resampled(sheet: Sheet, grid: Grid): Sheet {
  const next = emptySheet(grid, sheet.colours !== null);
  const from = sheet.grid;
  const columns = Int32Array.from({ length: grid.width }, (_, column) => {
    const x = Math.floor((grid.x + (column + 0.5) / grid.scale - from.x) * from.scale);
    return x >= 0 && x < from.width ? x : -1;
  });
  for (let row = 0; row < grid.height; row++) {
    const y = Math.floor((grid.y + (row + 0.5) / grid.scale - from.y) * from.scale);
    if (y < 0 || y >= from.height) continue;
    for (let column = 0; column < grid.width; column++) {
      const x = columns[column] ?? -1;
      if (x < 0) continue;
      next.values[row * grid.width + column] = sheet.values[y * from.width + x] ?? 0;
      if (next.colours) next.colours[row * grid.width + column] = sheet.colours?.[y * from.width + x] ?? 0;
    }
  }
  return next;
}
