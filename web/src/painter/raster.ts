import type { Size } from "../viewer/picture";
import { paintBrush } from "./brush";
import { extentOf } from "./grid";
import { fillLasso } from "./lasso";
import { flood, type Flooded, type Swatch } from "./pick";
import { packed, touch, type Ink, type Sheet } from "./sheet";
import { meet, reachOf, type Stroke } from "./strokes";

/** Pieces of a brush stroke that are painted before others may have their turn. */
const PIECES = 50;

/** What floods are looked for in. */
export interface Scene {
  /** Of the photo, in whose pixels strokes are. */
  readonly size: Size;
  /** null until it is there: floods show nothing yet. */
  readonly swatch: Swatch | null;
}

/** Paints a stroke on a sheet, pausing now and then. The brush and the lasso are as the server makes them; of a flood,
 * and of a traced line, this is only about what the server will find.
 */
export function* paint(sheet: Sheet, stroke: Stroke, scene: Scene): Generator<undefined, void> {
  if (!meet(reachOf(stroke), extentOf(sheet.grid))) return;
  const ink = { erase: stroke.erase, colour: packed(stroke.colour) };
  if (stroke.tool === "lasso") fillLasso(sheet, stroke.points, ink);
  else if (stroke.tool === "flood") paintFlood(sheet, stroke, scene, ink);
  else {
    // The server paints the line that it has found half a pixel wider, too.
    const led = stroke.tool === "line" ? { ...stroke, size: stroke.size + 1, hardness: 1, widths: [] } : stroke;
    for (let at = 0; at < led.points.length; at += PIECES) {
      paintBrush(sheet, led, ink, at, Math.min(led.points.length, at + PIECES));
      yield;
    }
  }
}

function paintFlood(sheet: Sheet, stroke: Stroke, scene: Scene, ink: Ink): void {
  for (const found of floodsOf(stroke, scene)) {
    const { x, y, scale, width, height } = sheet.grid;
    const [across, down] = [found.width / scene.size.width, found.height / scene.size.height];
    for (let row = 0; row < height; row++) {
      const line = Math.min(found.height - 1, Math.floor((y + (row + 0.5) / scale) * down)) * found.width;
      for (let column = 0; column < width; column++) {
        const at = Math.min(found.width - 1, Math.floor((x + (column + 0.5) / scale) * across));
        if (found.inside[line + at]) touch(sheet, row * width + column, 255, ink);
      }
    }
  }
}

/** Found once for each stroke: it is painted again with every change of the view. */
const floods = new WeakMap<Stroke, readonly Flooded[]>();

function floodsOf(stroke: Stroke, { size, swatch }: Scene): readonly Flooded[] {
  const known = floods.get(stroke);
  if (known || !swatch) return known ?? [];
  const found = stroke.points
    .filter(([x, y]) => x >= 0 && y >= 0 && x <= size.width && y <= size.height)
    .map(([x, y]) => flood(swatch, [(x / size.width) * swatch.width, (y / size.height) * swatch.height], stroke.tolerance));
  floods.set(stroke, found);
  return found;
}
