import type { Grid } from "./grid";
import { paint, type Scene } from "./raster";
import type { Sheet } from "./sheet";
import type { Rect, Stroke } from "./strokes";
import type { Under } from "./Under";

/** What is painted: some strokes, and what lies beneath them. */
export interface Ground {
  readonly under: Under | null;
  /** The first stroke that is not already in what lies beneath. */
  readonly first: number;
  readonly strokes: () => readonly Stroke[];
}

/** Painting some cells of a grid from the ground up, in slices of time. */
export class Job {
  private readonly steps: Iterator<undefined, void>;

  constructor(
    readonly whole: Grid,
    readonly cells: Rect,
    /** The same cells, in pixels of the photo: what was asked for. */
    readonly part: Rect,
    readonly sheet: Sheet,
    private readonly ground: Ground,
    private readonly scene: Scene,
  ) {
    this.steps = this.paint();
  }

  /** Goes on until it is done, or until a moment. Returns whether it is done. */
  work(until: number): boolean {
    do {
      if (this.steps.next().done) return true;
    } while (performance.now() < until);
    return false;
  }

  private *paint(): Generator<undefined, void> {
    const { under, first, strokes } = this.ground;
    under?.fill(this.sheet);
    for (let at = first; at < strokes().length; at++) {
      const stroke = strokes()[at];
      if (stroke) yield* paint(this.sheet, stroke, this.scene);
    }
  }
}
