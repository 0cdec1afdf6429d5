import type { NodeJson, SettingJson } from "../server/api";

/**
 * How a card is laid out, in pixels at zoom 1. Every part has a fixed height: a card never changes its size while its
 * values, its picture or its state change, and the canvas knows it before it draws the card.
 */
export const WIDTH = 264;
export const HEADER = 36;
export const SOCKET = 24;
export const PICTURE = 148;
export const STATE = 26;
/** Above and below the sockets, and below the settings. */
export const GAP = 6;

const ROW = 32;
const SLIDER = 46;

const HEIGHTS: Readonly<Record<string, number>> = { slider: SLIDER, photo: 78, curve: 188 };
const UNKNOWN_WIDGET = 82;
const KNOWN_ROWS = new Set(["choice", "colour", "faces", "number", "pixels", "placement", "points", "quad", "seed", "strokes", "toggle", "weights"]);

/** The settings that a card shows; the others are beside the graph. */
export const shownSettings = (node: NodeJson): readonly (readonly [name: string, setting: SettingJson])[] =>
  Object.entries(node.settings).filter(([, setting]) => setting["advanced"] !== true);

export function settingHeight(setting: SettingJson): number {
  const { widget } = setting;
  if (widget === "text") {
    const lines = typeof setting["lines"] === "number" ? setting["lines"] : 1;
    return lines > 1 ? 36 + 19 * lines : ROW;
  }
  return HEIGHTS[widget] ?? (KNOWN_ROWS.has(widget) ? ROW : UNKNOWN_WIDGET);
}

/** Whatever a node gives can be shown as a picture. */
export const hasPicture = (node: NodeJson): boolean => Object.keys(node.outputs).length > 0;

export interface CardSize {
  readonly width: number;
  readonly height: number;
}

export function cardSize(node: NodeJson, isCollapsed: boolean): CardSize {
  if (isCollapsed) return { width: WIDTH, height: HEADER };
  const rows = Math.max(Object.keys(node.inputs).length, Object.keys(node.outputs).length);
  const settings = shownSettings(node).reduce((sum, [, setting]) => sum + settingHeight(setting), 0);
  const picture = hasPicture(node) ? PICTURE : 0;
  return { width: WIDTH, height: HEADER + GAP + rows * SOCKET + GAP + settings + picture + STATE };
}

/** The middle of a socket, from the card's upper edge. A folded card has them all in its header. */
export const socketY = (row: number, isCollapsed: boolean): number =>
  isCollapsed ? HEADER / 2 : HEADER + GAP + (row + 0.5) * SOCKET;
