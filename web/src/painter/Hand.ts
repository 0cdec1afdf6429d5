import type { Point } from "../document/workflow";
import { toPicture, type View } from "../viewer/view";
import type { Board } from "./Board";
import type { Pen } from "./pen";
import { simplify } from "./simplify";
import { USUAL, type Stroke, type Tool } from "./strokes";

/** A place on the stage where the pen was. */
export interface Touch {
  readonly x: number;
  readonly y: number;
  /** 0..1; null of what knows no pressure. */
  readonly pressure: number | null;
}

/** What a hand tells those who show it. */
export interface HandEvents {
  /** A stroke is finished. */
  readonly onStroke: (stroke: Stroke) => void;
  /** The points of a shape that is being drawn, in pixels of the photo; none when it has ended. */
  readonly onOutline: (points: readonly Point[], tool: Tool) => void;
}

/** How far the points that are left out may lie from the line, in dots of the screen. */
const TOLERANCE = 0.25;

/** How near the next point may be, in pixels of the stage: the second click of two is no other place. */
const NEAR = { led: 0.3, clicked: 4 };

type SizedPen = Pen & { readonly size: number };

/** A stroke whose points still grow. */
interface Drawn {
  readonly stroke: Stroke;
  readonly points: Point[];
  readonly widths: number[];
  readonly isPressed: boolean;
}

/** Makes strokes of where the pen goes. */
export class Hand {
  private drawn: Drawn | null = null;

  constructor(
    private readonly board: () => Board | null,
    private readonly events: HandEvents,
  ) {}

  /** Whether something is begun that is not finished. */
  get isBusy(): boolean {
    return this.drawn !== null;
  }

  /** The pen is put down. */
  down(touch: Touch, pen: SizedPen, coloured: boolean, view: View): void {
    if (this.drawn && pen.tool !== "line") this.drop();
    if (!this.drawn) this.begin(coloured ? pen : { ...pen, colour: USUAL.colour }, touch.pressure !== null && pen.presses);
    this.reach(touch, view);
    if (pen.tool === "flood") this.finish(view);
  }

  /** It is led on, by all the places since it was last heard of. */
  lead(touches: readonly Touch[], view: View): void {
    const { drawn } = this;
    if (drawn?.stroke.tool !== "brush" && drawn?.stroke.tool !== "lasso") return;
    touches.forEach((touch) => this.reach(touch, view));
  }

  /** It is lifted: that ends a brush stroke and a lasso. */
  up(view: View): void {
    if (this.drawn?.stroke.tool !== "line") this.finish(view);
  }

  /** What is begun is a stroke now. */
  finish(view: View): void {
    const { drawn } = this;
    if (!drawn) return;
    const { stroke } = drawn;
    const isShape = stroke.tool === "lasso";
    const dot = TOLERANCE / (view.scale * window.devicePixelRatio);
    const trail = stroke.tool === "line" ? drawn : simplify(drawn, dot, stroke.size / 2);
    if (!drawn.points.length || (isShape && trail.points.length < 3)) {
      this.drop();
      return;
    }
    this.drawn = null;
    this.events.onOutline([], stroke.tool);
    this.events.onStroke({ ...stroke, points: [...trail.points], widths: [...trail.widths] });
  }

  /** What is begun is taken back. Returns whether there was anything. */
  drop(): boolean {
    const { drawn } = this;
    if (!drawn) return false;
    this.drawn = null;
    if (drawn.stroke.tool === "brush") this.board()?.drop();
    this.events.onOutline([], drawn.stroke.tool);
    return true;
  }

  private begin({ tool, size, hardness, tolerance, erase, colour }: SizedPen, pressed: boolean): void {
    const [points, widths]: [Point[], number[]] = [[], []];
    const isPressed = pressed && tool === "brush";
    const stroke = { tool, size, hardness, tolerance, erase, colour, points, widths };
    this.drawn = { stroke, points, widths, isPressed };
    if (tool === "brush") this.board()?.begin(stroke);
  }

  private reach({ x, y, pressure }: Touch, view: View): void {
    const { drawn } = this;
    if (!drawn) return;
    const { points, widths, stroke, isPressed } = drawn;
    const at = toPicture(view, { x, y });
    const last = points.at(-1);
    const near = stroke.tool === "line" ? NEAR.clicked : NEAR.led;
    if (last && Math.hypot(at.x - last[0], at.y - last[1]) * view.scale < near) return;
    points.push([at.x, at.y]);
    if (isPressed) widths.push(pressure ?? 1);
    if (stroke.tool === "brush") this.board()?.lead(points.length - 1);
    else if (stroke.tool !== "flood") this.events.onOutline(points, stroke.tool);
  }
}
