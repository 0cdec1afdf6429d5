import { useEffect, useRef, type RefObject } from "react";

import type { Point } from "../document/workflow";
import type { View } from "../viewer/view";
import type { Board } from "./Board";
import { Hand } from "./Hand";
import { pathOf } from "./outline";
import { usePen } from "./pen";
import type { Stroke } from "./strokes";

export interface HandListener {
  readonly onStroke: (stroke: Stroke) => void;
  /** How many points a line has that is not ended. */
  readonly onLine: (points: number) => void;
}

/** A hand that draws on a board; the outline of what it has begun is shown in a path of SVG. */
export function useHand(
  board: RefObject<Board | null>,
  outline: RefObject<SVGPathElement | null>,
  view: View,
  { onStroke, onLine }: HandListener,
): RefObject<Hand | null> {
  const hand = useRef<Hand>(null);
  const shape = useRef<readonly Point[]>([]);
  const hear = useRef({ onStroke, onLine, view });
  const tool = usePen((pen) => pen.tool);
  useEffect(() => {
    hear.current = { onStroke, onLine, view };
    outline.current?.setAttribute("d", pathOf(shape.current, view));
  });
  useEffect(() => {
    hand.current = new Hand(() => board.current, {
      onStroke: (stroke) => hear.current.onStroke(stroke),
      onOutline: (points, tool) => {
        shape.current = points;
        outline.current?.setAttribute("d", pathOf(points, hear.current.view));
        if (tool === "line") hear.current.onLine(points.length);
      },
    });
  }, [board, outline]);
  useEffect(() => {
    hand.current?.drop();
  }, [tool]);
  return hand;
}
