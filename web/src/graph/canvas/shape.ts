import { Position, type NodeHandle } from "@xyflow/react";

import { cardSize, socketY, WIDTH } from "../../node/layout";
import type { NodeJson } from "../../server/api";

/**
 * How large a node's card is and where its sockets are, known before it is drawn: what is out of sight is never drawn,
 * and wires find their ends all the same.
 */
export interface Shape {
  readonly measured: { readonly width: number; readonly height: number };
  readonly handles: NodeHandle[];
}

/** The width of a socket. */
const SOCKET = 12;

const open = new WeakMap<NodeJson, Shape>();
const folded = new WeakMap<NodeJson, Shape>();

/** The same object for the same node of the catalogue. */
export function shapeOf(node: NodeJson, isCollapsed: boolean): Shape {
  const known = isCollapsed ? folded : open;
  const shape = known.get(node) ?? newShape(node, isCollapsed);
  known.set(node, shape);
  return shape;
}

function newShape(node: NodeJson, isCollapsed: boolean): Shape {
  const socket = (id: string, row: number, type: "source" | "target"): NodeHandle => ({
    id,
    type,
    position: type === "target" ? Position.Left : Position.Right,
    x: (type === "target" ? 0 : WIDTH) - SOCKET / 2,
    y: socketY(row, isCollapsed) - SOCKET / 2,
    width: SOCKET,
    height: SOCKET,
  });
  return {
    measured: cardSize(node, isCollapsed),
    handles: [
      ...Object.keys(node.inputs).map((port, row) => socket(port, row, "target")),
      ...Object.keys(node.outputs).map((port, row) => socket(port, row, "source")),
    ],
  };
}
