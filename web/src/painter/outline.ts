import type { Point } from "../document/workflow";
import { toStage, type View } from "../viewer/view";

/** The way through some points of the photo, as a path of SVG on the stage. */
export function pathOf(points: readonly Point[], view: View): string {
  const places = points.map(([x, y]) => toStage(view, { x, y }));
  const way = places.map(({ x, y }, at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  // A way of one point is seen as a dot.
  return places.length === 1 ? `${way}h0` : way;
}
