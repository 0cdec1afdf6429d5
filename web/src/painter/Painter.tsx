import { useEffect, useRef, useState } from "react";

import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Problems } from "../ui/Problems";
import type { Picture } from "../viewer/picture";
import { Stage, type StageHandle } from "../viewer/Stage";
import { zoomOf, type View } from "../viewer/view";
import { ZoomBar } from "../viewer/ZoomBar";
import { MaskBar } from "./MaskBar";
import styles from "./Painter.module.css";
import { suiting, usePen } from "./pen";
import type { StrokeSetting } from "./strokes";
import { Surface, type SurfaceHandle } from "./Surface";
import { ToolBar } from "./ToolBar";
import { useKeys } from "./useKeys";
import { useStrokes } from "./useStrokes";
import { useTint } from "./useTint";

export interface PainterProps {
  readonly image: Picture;
  /** The mask that is corrected, found by another step. */
  readonly mask: Picture | null;
  readonly strokes: readonly StrokeSetting[];
  readonly onChange: (strokes: readonly StrokeSetting[]) => void;
  readonly onClose: () => void;
  /** Whether each stroke has a colour of its own. */
  readonly colours?: boolean;
  /** What the server has made of mask and strokes: floods and lines are shown as they are in it. */
  readonly preview?: Picture | null;
}

/** Paints a mask on a photo. What is painted are strokes in the photo's pixels, of which the server makes the mask. */
export function Painter({ image, mask, strokes, onChange, onClose, colours = false, preview = null }: PainterProps) {
  const { painter } = useText();
  const [view, setView] = useState<View | null>(null);
  const [line, setLine] = useState(0);
  const [isLost, setLost] = useState(false);
  const stage = useRef<StageHandle>(null);
  const surface = useRef<SurfaceHandle>(null);
  const pen = usePen();
  const tint = useTint(pen.tint);
  const made = useStrokes(strokes, onChange);
  const size = pen.size ?? (view ? suiting(view) : 1);

  const keys = useKeys({ stage, surface, strokes: made, size });
  useEffect(() => {
    // A button that has gone, or can do no more, would take the keys along.
    const focused = document.activeElement;
    if (focused === document.body || focused?.matches(":disabled")) surface.current?.focus();
  });
  const move = (across: number, down: number): void => {
    if (view) stage.current?.follow({ ...view, x: view.x - across / view.scale, y: view.y - down / view.scale });
  };

  return (
    <Dialog title={colours ? painter.colouring : painter.title} onClose={onClose} size="full">
      <div className={styles.painter} onKeyDown={keys.onKeyDown} onKeyUp={() => keys.hold(null)} onBlur={() => keys.hold(null)}>
        <ToolBar {...{ size, line }} coloured={colours} strokes={made} onEndLine={() => surface.current?.end()} onUndo={keys.undo} />
        <div className={styles.stage}>
          <Stage picture={image} onView={setView} drags={false} label={painter.photo} ref={stage}>
            {view && (
              <Surface
                ref={surface}
                {...{ view, image, mask, preview, tint }}
                strokes={made.all}
                coloured={colours}
                opacity={pen.visible && keys.held !== "peek" ? pen.opacity : 0}
                moves={keys.held === "move"}
                onMove={move}
                onStroke={made.add}
                onLine={setLine}
                onError={() => setLost(true)}
              />
            )}
          </Stage>
        </div>
        {isLost && <Problems problems={[{ message: painter.lost }]} />}
        <div className={styles.bar}>
          <MaskBar tint={tint} coloured={colours} onPeek={(on) => keys.hold(on ? "peek" : null)} />
          <ZoomBar stage={stage} zoom={view && zoomOf(view, window.devicePixelRatio)} />
          <Button look="primary" onClick={onClose}>
            {painter.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
