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
