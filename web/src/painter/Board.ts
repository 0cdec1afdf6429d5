import type { Picture } from "../viewer/picture";
import type { View } from "../viewer/view";
import { cellsOf, extentOf, gridFor, isSameGrid, partOf, shows, type Grid } from "./grid";
import { paintBrush } from "./brush";
import { Job, type Ground } from "./Job";
import { Print } from "./Print";
import { paint, type Scene } from "./raster";
import { emptySheet, lay, packed, resampled, type Sheet } from "./sheet";
import { around, isNowhere, NOWHERE, reachOf, type Rect, type Stroke } from "./strokes";
import { Under } from "./Under";

/** Milliseconds of a frame that may go into painting again what is already seen roughly. */
const SLICE = 6;

/** Milliseconds for which a zoom must have rested before its cells are painted anew. */
const REST = 60;

const EVERYWHERE: Rect = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

/** Strokes over a mask, as a view of the photo shows them.
 *
 * What is being painted appears at once, on the cells that are there. Everything else is painted in slices: after a
 * zoom the old cells are shown enlarged until the new ones are ready.
 */
export class Board {
  private sheet: Sheet | null = null;
  private view: View | null = null;
  private strokes: readonly Stroke[] = [];
  private live: Stroke | null = null;
  private beneath: Under | null = null;
  private exact: Under | null = null;
  /** How many of the strokes, from the first, `exact` holds. */
  private held = 0;
  private job: Job | null = null;
  /** What has to be painted again, in pixels of the photo. */
  private stale: Rect = NOWHERE;
  private startAt = 0;
  private frame = 0;
  private closed = false;
  private readonly print: Print;

  constructor(
    canvas: HTMLCanvasElement,
    private scene: Scene,
    private readonly coloured: boolean,
    private readonly onError: (error: unknown) => void,
  ) {
    this.print = new Print(canvas);
  }

  close(): void {
    this.closed = true;
    cancelAnimationFrame(this.frame);
    this.beneath?.close();
    this.exact?.close();
  }

  see(view: View): void {
    const zoomed = this.view?.scale !== view.scale;
    this.view = view;
    if (this.sheet) this.print.place(this.sheet.grid, view);
    if (this.fits(this.sheet?.grid)) return;
    // While the photo is moved, a job for a part that is no longer all of it goes on; one for another zoom is in vain.
    if (zoomed) this.repaint(EVERYWHERE, this.sheet ? REST : 0);
    else if (!this.job) this.repaint(EVERYWHERE);
  }

  /** Which colour marks are shown in, as "#rrggbb". */
  tint(colour: string): void {
    this.print.colour = packed(colour);
    if (this.sheet) this.show(this.sheet, EVERYWHERE);
  }

  /** The mask that is corrected. */
  lie(picture: Picture | null): void {
    this.beneath?.close();
    const again = () => this.repaint(EVERYWHERE, REST);
    this.beneath = picture && new Under(picture, this.scene.size, again, this.onError);
    again();
  }

  /** What the server has made of the strokes so far: floods and lines are shown as they are in it. */
  trust(picture: Picture | null): void {
    const count = this.strokes.length;
    const made: Under | null = picture && new Under(picture, this.scene.size, () => made && this.take(made, count), this.onError);
    if (!made) this.take(null, 0);
  }

  /** What floods are looked for in, once it is there. */
  know(swatch: Scene["swatch"]): void {
    this.scene = { ...this.scene, swatch };
    if (this.strokes.some(({ tool }) => tool === "flood")) this.repaint(EVERYWHERE);
  }

  /** Show these. One that has just been drawn live is only painted again when there is time. */
  set(strokes: readonly Stroke[]): void {
    const before = this.strokes;
    const drawn = this.live;
    this.live = null;
    this.strokes = strokes;
    const same = before.findIndex((stroke, at) => stroke !== strokes[at]);
    const kept = same < 0 ? before.length : same;
    if (kept < this.held) this.held = 0;
    const fresh = strokes.slice(kept);
    if (kept < before.length || drawn) {
      const gone = drawn ? [drawn, ...before.slice(kept)] : before.slice(kept);
      this.repaint([...gone, ...fresh].map(reachOf).reduce(around, NOWHERE), kept < before.length ? 0 : REST);
    } else fresh.forEach((stroke) => this.add(stroke));
  }

  /** Begin to draw a stroke with the brush. Its points may grow: `lead` paints those from a number on. */
  begin(stroke: Stroke): void {
    this.live = stroke;
    const { view, sheet } = this;
    if (view && sheet && !this.fits(sheet.grid)) this.sheet = resampled(sheet, gridFor(view, devicePixelRatio));
    if (this.sheet && this.sheet !== sheet) this.show(this.sheet, EVERYWHERE);
  }

  lead(from: number): void {
    const { live, sheet } = this;
    if (!live || !sheet) return;
    paintBrush(sheet, live, { erase: live.erase, colour: packed(live.colour) }, from);
    this.show(sheet, reachOf({ ...live, points: live.points.slice(Math.max(0, from - 1)) }));
  }

  /** Take back what is being drawn. */
  drop(): void {
    const { live } = this;
    this.live = null;
    if (live) this.repaint(reachOf(live));
  }

  private take(made: Under | null, count: number): void {
    if (made && made === this.exact) {
      this.repaint(EVERYWHERE, REST);
      return;
    }
    this.exact?.close();
    this.exact = made;
    this.held = Math.min(count, this.strokes.length);
    if (this.strokes.some(({ tool }) => tool === "flood" || tool === "line")) this.repaint(EVERYWHERE);
  }

  private fits(grid: Grid | undefined): boolean {
    return !!grid && !!this.view && shows(grid, this.view, devicePixelRatio);
  }

  private add(stroke: Stroke): void {
    if (!this.sheet) return;
    Array.from(paint(this.sheet, stroke, this.scene));
    this.show(this.sheet, reachOf(stroke));
  }

  private show(sheet: Sheet, part: Rect): void {
    this.print.ink(sheet, cellsOf(sheet.grid, part));
    if (this.view) this.print.place(sheet.grid, this.view);
    this.plan();
  }

  /** Paint a part again, as soon as nothing has been asked for `rest` milliseconds. */
  private repaint(part: Rect, rest = 0): void {
    this.stale = around(this.stale, this.job ? around(this.job.part, part) : part);
    this.job = null;
    this.startAt = performance.now() + rest;
    this.plan();
  }

  private plan(): void {
    if (this.closed) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.work();
      this.print.flush();
    });
  }

  private work(): void {
    // Nothing slows a stroke down while it is being drawn.
    if (this.live || !this.view) return;
    const now = performance.now();
    if (!this.job && !isNowhere(this.stale) && now >= this.startAt) this.start(this.view);
    if (this.job?.work(now + SLICE)) this.finish(this.job);
    if (this.job || !isNowhere(this.stale)) this.plan();
  }

  private start(view: View): void {
    const part = this.stale;
    this.stale = NOWHERE;
    const { sheet } = this;
    const whole = sheet && this.fits(sheet.grid) ? sheet.grid : gridFor(view, devicePixelRatio);
    const old = sheet && isSameGrid(sheet.grid, whole);
    const cells = cellsOf(whole, old ? part : EVERYWHERE);
    if (isNowhere(cells)) return;
    this.job = new Job(whole, cells, part, emptySheet(partOf(whole, cells), this.coloured), this.ground(), this.scene);
  }

  /** What lies beneath the strokes that are painted here: the server's own as far as it holds floods and lines. */
  private ground(): Ground {
    const last = this.strokes.slice(0, this.held).findLastIndex(({ tool }) => tool === "flood" || tool === "line");
    const under = last < 0 || !this.exact?.isReady ? this.beneath : this.exact;
    // Read anew at each step: strokes may be added meanwhile.
    return { under, first: under === this.exact ? last + 1 : 0, strokes: () => this.strokes };
  }

  private finish({ whole, cells, sheet: part }: Job): void {
    this.job = null;
    if (this.sheet && isSameGrid(this.sheet.grid, whole)) lay(this.sheet, part, cells.left, cells.top);
    else this.sheet = part;
    this.show(this.sheet, extentOf(part.grid));
    if (!this.fits(whole)) this.repaint(EVERYWHERE);
  }
}
