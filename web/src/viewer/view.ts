import type { Size } from "./picture";

/**
 * What part of a picture is seen, and how large: stage = (picture − [x, y]) · scale.
 *
 * Pixels of the picture are those of its `size`, pixels of the stage those of CSS.
 */
export interface View {
  /** The picture's pixel in the stage's top left corner; outside of the picture where there is a margin. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Of the picture. */
  readonly width: number;
  readonly height: number;
  readonly stage: Size;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a point of the picture is on the stage. */
export const toStage = (view: View, point: Point): Point => ({
  x: (point.x - view.x) * view.scale,
  y: (point.y - view.y) * view.scale,
});

/** Which point of the picture is at a place of the stage. */
export const toPicture = (view: View, place: Point): Point => ({
  x: place.x / view.scale + view.x,
  y: place.y / view.scale + view.y,
});

/** The screen's pixels for one of the picture: 1 is 100 %. */
export const zoomOf = (view: View, density: number): number => view.scale * density;

/** Whether two sizes are of one shape, but for what rounding to whole pixels does to the smaller. */
export function isSameShape(one: Size, other: Size): boolean {
  const [small, large] = one.width <= other.width ? [one, other] : [other, one];
  const factor = small.width / large.width;
  return Math.abs(small.height - large.height * factor) <= 1 + (small.height / small.width) / 2;
}

/** A picture's place in a frame one unit wide: as large as fits, in the middle. */
export function placeIn(frame: Size, picture: Size): Point & { readonly width: number } {
  if (isSameShape(frame, picture)) return { x: 0, y: 0, width: 1 };
  const height = frame.height / frame.width;
  const width = Math.min(1, (height * picture.width) / picture.height);
  return { x: (1 - width) / 2, y: (height - (width * picture.height) / picture.width) / 2, width };
}

/** Whether two pictures of a size are larger one above the other than side by side. */
export function isStacked(stage: Size, picture: Size): boolean {
  const beside = Math.min(stage.width / 2 / picture.width, stage.height / picture.height);
  const above = Math.min(stage.width / picture.width, stage.height / 2 / picture.height);
  return above > beside;
}
