import type { View } from "../viewer/view";
import { NOWHERE, type Rect } from "./strokes";

/** Cells over a part of the photo. */
export interface Grid {
  /** Its top left corner, in pixels of the photo. */
  readonly x: number;
  readonly y: number;
  /** Cells for each pixel of the photo. */
  readonly scale: number;
  /** In cells. */
  readonly width: number;
  readonly height: number;
}

/** The most cells of a grid: they are looked at one by one. */
const MOST = 4e6;

/** The share of the stage's side that a grid shows beyond it, so that moving the photo uncovers what is there. */
const MARGIN = 0.15;

/** The cells to paint for a view of a photo: the screen's dots, `density` for each pixel of the stage; from 100 % on,
 * the photo's own pixels, so that what is seen is what the server makes.
 */
export function gridFor({ x, y, scale, width, height, stage }: View, density = 1): Grid {
  const [across, down] = [stage.width / scale, stage.height / scale];
  const left = clamp(Math.floor(x - across * MARGIN), 0, width - 1);
  const top = clamp(Math.floor(y - down * MARGIN), 0, height - 1);
  const right = clamp(Math.ceil(x + across * (1 + MARGIN)), left + 1, width);
  const bottom = clamp(Math.ceil(y + down * (1 + MARGIN)), top + 1, height);
  const cells = Math.min(1, scale * density, Math.sqrt(MOST / (across * down)) / (1 + 2 * MARGIN));
  return {
    x: left,
    y: top,
    scale: cells,
    width: Math.ceil((right - left) * cells),
    height: Math.ceil((bottom - top) * cells),
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

export const isSameGrid = (one: Grid, other: Grid): boolean =>
  one.x === other.x &&
  one.y === other.y &&
  one.scale === other.scale &&
  one.width === other.width &&
  one.height === other.height;

/** Where a rectangle of the photo lies among the cells; NOWHERE where it does not. */
export function cellsOf({ x, y, scale, width, height }: Grid, { left, top, right, bottom }: Rect): Rect {
  const cells = {
    left: Math.max(0, Math.floor((left - x) * scale - 1)),
    top: Math.max(0, Math.floor((top - y) * scale - 1)),
    right: Math.min(width, Math.ceil((right - x) * scale + 1)),
    bottom: Math.min(height, Math.ceil((bottom - y) * scale + 1)),
  };
  return cells.left < cells.right && cells.top < cells.bottom ? cells : NOWHERE;
}

/** Some of a grid's cells as a grid of their own. */
export const partOf = (grid: Grid, cells: Rect): Grid => ({
  x: grid.x + cells.left / grid.scale,
  y: grid.y + cells.top / grid.scale,
  scale: grid.scale,
  width: cells.right - cells.left,
  height: cells.bottom - cells.top,
});

/** The rectangle of the photo that a grid covers. */
export const extentOf = ({ x, y, scale, width, height }: Grid): Rect => ({
  left: x,
  top: y,
  right: x + width / scale,
  bottom: y + height / scale,
});

/** Whether a grid is fine enough for a view, and not finer, and shows all of it. */
export function shows(grid: Grid, view: View, density = 1): boolean {
  const right = clamp(view.x + view.stage.width / view.scale, 0, view.width);
  const bottom = clamp(view.y + view.stage.height / view.scale, 0, view.height);
  const extent = extentOf(grid);
  return (
    Math.abs(grid.scale / gridFor(view, density).scale - 1) < 1e-6 &&
    extent.left <= clamp(view.x, 0, view.width) &&
    extent.top <= clamp(view.y, 0, view.height) &&
    extent.right >= right &&
    extent.bottom >= bottom
  );
}
