import type { Size } from "../viewer/picture";
import type { Point } from "../document/workflow";

/** Places on the photo, in its pixels. */
export type Marks = readonly Point[];

/** A hundredth of a pixel is finer than any hand. */
export const round = (part: number): number => Math.round(part * 100) / 100;

const isPoint = (part: unknown): part is Point =>
  Array.isArray(part) && part.length === 2 && part.every((each) => Number.isFinite(each));

/** The places that a value holds; none for what holds none. */
export const marksOf = (value: unknown): Marks => (Array.isArray(value) && value.every(isPoint) ? value : []);

/** The nearest place on the photo. */
export const inside = ([x, y]: Point, { width, height }: Size): Point => [
  round(Math.min(width, Math.max(0, x))),
  round(Math.min(height, Math.max(0, y))),
];

export const movedMark = (marks: Marks, index: number, to: Point): Marks =>
  marks.map((mark, at) => (at === index ? to : mark));

/** The four corners of the photo, clockwise from the upper left. */
export const cornersOf = ({ width, height }: Size): Marks => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
];

export const middleOf = ({ width, height }: Size): Point => [round(width / 2), round(height / 2)];
