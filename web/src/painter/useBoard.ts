import { useEffect, useRef, type RefObject } from "react";

import { pixelsOf } from "../viewer/pixels";
import type { Picture } from "../viewer/picture";
import type { View } from "../viewer/view";
import { Board } from "./Board";
import { swatchOf } from "./pick";
import type { Stroke } from "./strokes";

export interface Painted {
  readonly view: View;
  readonly image: Picture;
  /** The mask beneath the strokes. */
  readonly mask: Picture | null;
  /** What the server has made of mask and strokes. */
  readonly preview: Picture | null;
  readonly strokes: readonly Stroke[];
  /** Whether strokes have colours of their own; as it was at first. */
  readonly coloured: boolean;
  /** The colour of marks that have none. */
  readonly tint: string;
  readonly onError: (error: unknown) => void;
}

/** A board on a canvas that shows what it is given, and whatever is drawn on it meanwhile. */
export function useBoard(canvas: RefObject<HTMLCanvasElement | null>, painted: Painted): RefObject<Board | null> {
  const { view, image, mask, preview, strokes, tint } = painted;
  const board = useRef<Board>(null);
  const first = useRef(painted);
  useEffect(() => {
    if (!canvas.current) return;
    const { coloured, onError } = first.current;
    const { width, height } = first.current.view;
    const made = new Board(canvas.current, { size: { width, height }, swatch: null }, coloured, onError);
    board.current = made;
    return () => made.close();
  }, [canvas]);
  useEffect(() => board.current?.tint(tint), [tint]);
  useEffect(() => board.current?.set(strokes), [strokes]);
  useEffect(() => board.current?.lie(mask), [mask]);
  useEffect(() => board.current?.trust(preview), [preview]);
  useEffect(() => board.current?.see(view), [view]);
  useEffect(() => {
    pixelsOf(image)
      .then(({ data, width, height }) => board.current?.know(swatchOf(data, width, height)))
      .catch((error: unknown) => first.current.onError(error));
  }, [image]);
  return board;
}
