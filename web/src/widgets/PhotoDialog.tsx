import { useRef, type PointerEvent, type ReactNode } from "react";

import type { Point } from "../document/workflow";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import type { Picture } from "../viewer/picture";
import { Stage } from "../viewer/Stage";
import { toPicture, type View } from "../viewer/view";
import styles from "./PhotoDialog.module.css";

interface PhotoDialogProps {
  readonly title: string;
  readonly picture: Picture;
  /** What to do, in a sentence. */
  readonly how: string;
  /** Other ways to the same, for the keyboard, too. */
  readonly tools?: ReactNode;
  /** Somebody clicked on the photo, without moving it. */
  readonly onPress?: (at: Point) => void;
  /** null until the photo is there. */
  readonly view: View | null;
  readonly onView: (view: View) => void;
  readonly onClose: () => void;
  /** What is drawn over the photo. */
  readonly children: ReactNode;
}

/** Farther than this, in pixels of the screen, is a drag. */
const STILL = 4;

/** The photo at any size, and something to place on it. What is placed counts at once. */
export function PhotoDialog({ title, picture, how, tools, onPress, view, onView, onClose, children }: PhotoDialogProps) {
  const { widgets } = useText();
  const stage = useRef<HTMLDivElement>(null);
  const down = useRef<Point | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    const isOnPhoto = event.button === 0 && event.isPrimary && !(event.target as Element).closest("[data-hold]");
    down.current = isOnPhoto ? [event.clientX, event.clientY] : null;
  };
  const onPointerUp = (event: PointerEvent) => {
    const from = down.current;
    down.current = null;
    const box = stage.current?.getBoundingClientRect();
    if (!from || !box || !view || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > STILL) return;
    const { x, y } = toPicture(view, { x: event.clientX - box.left, y: event.clientY - box.top });
    if (x >= 0 && y >= 0 && x <= view.width && y <= view.height) onPress?.([x, y]);
  };
  return (
    <Dialog title={title} size="full" onClose={onClose}>
      <div className={styles.sheet}>
        <div ref={stage} className={styles.stage} onPointerDownCapture={onPointerDown} onPointerUpCapture={onPointerUp}>
          <Stage picture={picture} label={title} onView={onView}>
            {children}
          </Stage>
        </div>
        <div className={styles.bar}>
          <p className={styles.how}>{how}</p>
          {tools}
          <Button look="primary" onClick={onClose}>
            {widgets.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
