import type { View } from "../viewer/view";
import type { Grid } from "./grid";
import type { Sheet } from "./sheet";
import { around, isNowhere, NOWHERE, type Rect } from "./strokes";

/** A sheet on a canvas, laid over the photo. */
export class Print {
  /** Of marks that have none of their own. */
  colour = 0;
  private image: ImageData | null = null;
  private pixels = new Uint32Array();
  private changed: Rect = NOWHERE;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Moves the canvas to where the photo is: what is on it need not be drawn again. */
  place(grid: Grid, view: View): void {
    const { canvas } = this;
    const scale = view.scale / grid.scale;
    const [x, y] = [(grid.x - view.x) * view.scale, (grid.y - view.y) * view.scale];
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    // The photo's own pixels are shown as such.
    canvas.style.imageRendering = grid.scale === 1 && view.scale > 1 ? "pixelated" : "auto";
  }

  /** Takes over some cells; `flush` shows them. */
  ink({ grid, values, colours }: Sheet, cells: Rect): void {
    const { width, height } = grid;
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const { pixels, colour } = this;
    for (let row = cells.top; row < cells.bottom; row++) {
      for (let at = row * width + cells.left; at < row * width + cells.right; at++) {
        pixels[at] = ((values[at] ?? 0) << 24) | (colours ? (colours[at] ?? 0) : colour);
      }
    }
    this.changed = around(this.changed, cells);
  }

  flush(): void {
    const { canvas, image, changed } = this;
    if (!image || isNowhere(changed)) return;
    if (canvas.width !== image.width || canvas.height !== image.height) {
      canvas.width = image.width;
      canvas.height = image.height;
    }
    const { left, top, right, bottom } = changed;
    canvas.getContext("2d")?.putImageData(image, 0, 0, left, top, right - left, bottom - top);
    this.changed = NOWHERE;
  }
}
