import type { Frame } from "../../document/workflow";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place and size that a corner was pulled to, as documents say it. */
export const resized = ({ x, y, width, height }: Box): Pick<Frame, "at" | "size"> => ({
  at: [Math.round(x), Math.round(y)],
  size: [Math.round(width), Math.round(height)],
});
