import type { Point } from "../document/workflow";

/** How a stroke is made; see the server's Strokes control. */
export const TOOLS = ["brush", "lasso", "flood", "line"] as const;
export type Tool = (typeof TOOLS)[number];

/** One stroke, in pixels of the photo: the middle of the first pixel is (0.5, 0.5). */
export interface Stroke {
  readonly tool: Tool;
  readonly points: readonly Point[];
  /** A factor of the size for each point, 0..1: how hard the pen was pressed. Empty: the size everywhere. */
  readonly widths: readonly number[];
  /** The width of the brush. */
  readonly size: number;
  /** 1 has an edge one pixel wide, 0 fades from the middle. */
  readonly hardness: number;
  /** How far the flood goes: 0 is the very same colour, 1 is black and white. */
  readonly tolerance: number;
  readonly erase: boolean;
  readonly colour: string;
}

/** A stroke as workflows have it: what is left out is as it usually is. */
export type StrokeSetting = Partial<Stroke> & Pick<Stroke, "points">;

/** What the server takes where a stroke does not say. */
export const USUAL: Stroke = {
  tool: "brush",
  points: [],
  widths: [],
  size: 16,
  hardness: 1,
  tolerance: 0.1,
  erase: false,
  colour: "#ffffff",
};

export const strokeOf = (setting: StrokeSetting): Stroke => ({ ...USUAL, ...setting });

/** Which parts matter to which tool. */
const PARTS: Readonly<Record<Tool, readonly (keyof Stroke)[]>> = {
  brush: ["size", "hardness"],
  lasso: [],
  flood: ["tolerance"],
  line: ["size"],
};

/** The shortest form: what does not matter, or is as usual, is left out; points to a hundredth of a pixel. */
export function settingOf(stroke: Stroke): StrokeSetting {
  const matters = ["tool", "erase", "colour", ...PARTS[stroke.tool]] as const;
  const told: Partial<Stroke> = Object.fromEntries(
    matters.filter((name) => stroke[name] !== USUAL[name]).map((name) => [name, stroke[name]]),
  );
  return {
    ...told,
    points: stroke.points.map(([x, y]) => [rounded(x), rounded(y)] as const),
    ...(stroke.widths.length ? { widths: stroke.widths.map(rounded) } : {}),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A rectangle with its right and bottom edges outside. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** All that a stroke may touch, in pixels of the photo. A flood or a traced line may touch anything. */
export function reachOf({ tool, points, size }: Stroke): Rect {
  if (tool === "flood" || tool === "line") {
    return { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  }
  const beyond = tool === "brush" ? size / 2 + 1 : 0;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x - beyond);
    top = Math.min(top, y - beyond);
    right = Math.max(right, x + beyond);
    bottom = Math.max(bottom, y + beyond);
  }
  return { left, top, right, bottom };
}

export const meet = (one: Rect, other: Rect): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** The smallest rectangle around two. */
export const around = (one: Rect, other: Rect): Rect => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** Empty: around(NOWHERE, rect) is rect. */
export const NOWHERE: Rect = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

export const isNowhere = ({ left, top, right, bottom }: Rect): boolean => !(left < right && top < bottom);
