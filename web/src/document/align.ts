import type { Point } from "./workflow";

/** How things can be lined up. */
export const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom", "columns", "rows"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Something with a place and a size, by its id. */
export interface Thing {
  readonly at: Point;
  readonly size: Point;
}

/** Where things stand once they are lined up; "columns" and "rows" give them equal gaps, side by side or on end. */
export function align(things: ReadonlyMap<string, Thing>, how: Alignment): ReadonlyMap<string, Point> {
  if (how === "columns") return distribute(things, 0);
  if (how === "rows") return distribute(things, 1);
  const axis = how === "left" || how === "centre" || how === "right" ? 0 : 1;
  const starts = [...things.values()].map(({ at }) => at[axis]);
  const ends = [...things.values()].map(({ at, size }) => at[axis] + size[axis]);
  const share = how === "left" || how === "top" ? 0 : how === "right" || how === "bottom" ? 1 : 0.5;
  const line = Math.min(...starts) * (1 - share) + Math.max(...ends) * share;
  return new Map([...things].map(([id, { at, size }]) => [id, put(at, axis, line - size[axis] * share)]));
}

/** Equal gaps between the first and the last, which stay. */
function distribute(things: ReadonlyMap<string, Thing>, axis: 0 | 1): ReadonlyMap<string, Point> {
  const sorted = [...things].sort(([, one], [, other]) => one.at[axis] - other.at[axis]);
  const first = sorted[0]?.[1];
  const last = sorted.at(-1)?.[1];
  if (!first || !last) return new Map();
  const room = last.at[axis] + last.size[axis] - first.at[axis];
  const used = sorted.reduce((sum, [, { size }]) => sum + size[axis], 0);
  const gap = (room - used) / Math.max(1, sorted.length - 1);
  let next = first.at[axis];
  return new Map(
    sorted.map(([id, { at, size }]) => {
      const here = next;
      next += size[axis] + gap;
      return [id, put(at, axis, here)];
    }),
  );
}

const put = ([x, y]: Point, axis: 0 | 1, to: number): Point => (axis === 0 ? [Math.round(to), y] : [x, Math.round(to)]);
