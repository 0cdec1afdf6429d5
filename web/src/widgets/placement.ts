import type { Point } from "../document/workflow";
import { round } from "./marks";

/** Where one picture lies on another: its centre in pixels, its size, and how far it is turned, in degrees. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly angle: number;
}

export const UNPLACED: Placed = { x: 0, y: 0, scale: 1, angle: 0 };

const SMALLEST = 0.01;

/** What a value holds; parts that are left out are as usual. */
export function placedOf(value: unknown): Placed {
  const parts = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const part = (name: keyof Placed): number => {
    const found = parts[name];
    return typeof found === "number" && Number.isFinite(found) ? found : UNPLACED[name];
  };
  const scale = part("scale");
  return { x: part("x"), y: part("y"), scale: scale > 0 ? scale : UNPLACED.scale, angle: part("angle") };
}

export const movedTo = (placed: Placed, [x, y]: Point): Placed => ({ ...placed, x: round(x), y: round(y) });

/** Turned so that its handle, which stands above its centre, points at a place. */
export function turnedTo(placed: Placed, [x, y]: Point): Placed {
  const angle = (Math.atan2(y - placed.y, x - placed.x) * 180) / Math.PI + 90;
  return { ...placed, angle: round(normal(angle)) };
}

/** As large as puts its handle, which is `reach` from the centre at scale 1, at a place. */
export function resizedTo(placed: Placed, [x, y]: Point, reach: number): Placed {
  const scale = Math.hypot(x - placed.x, y - placed.y) / reach;
  return { ...placed, scale: Math.max(SMALLEST, Math.round(scale * 1000) / 1000) };
}

/** A place that is at [x, y] from the centre of the unturned picture at scale 1. */
export function placeOf(placed: Placed, [x, y]: Point): Point {
  const turn = (placed.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn) * placed.scale, Math.sin(turn) * placed.scale];
  return [placed.x + x * cos - y * sin, placed.y + x * sin + y * cos];
}

/** An angle as people say it: above −180 and up to 180. */
const normal = (angle: number): number => {
  const turned = ((angle % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
};
