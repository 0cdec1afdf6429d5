import { useRef, type PointerEvent, type ReactNode, type Ref } from "react";

import { Layers, type StageHandle } from "./Layers";
import type { Layer } from "./Slot";
import styles from "./Stages.module.css";
import { toPicture, type Point, type View } from "./view";

interface PaneProps {
  readonly layers: readonly Layer[];
  readonly main: string;
  readonly label: string;
  readonly gain?: number;
  readonly onView: (view: View) => void;
  /** The person begins to move it. */
  readonly onLead: () => void;
  /** The place of the picture that is pointed at, and its share of the stage's width; null when it is left. */
  readonly onPoint: (point: Point | null, share: number) => void;
  readonly ref: Ref<StageHandle>;
  readonly children?: ReactNode;
}

/** A stage of a comparison. */
export function Pane({ onView, onLead, onPoint, ...rest }: PaneProps) {
  const view = useRef<View | null>(null);
  const point = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const place = { x: clientX - left, y: clientY - top };
    if (view.current) onPoint(toPicture(view.current, place), place.x / width);
  };
  return (
    <div
      className={styles.pane}
      onPointerDownCapture={onLead}
      onWheelCapture={onLead}
      onKeyDownCapture={onLead}
      onPointerMove={point}
      onPointerLeave={() => onPoint(null, 0)}
    >
      <Layers
        {...rest}
        onView={(now) => {
          view.current = now;
          onView(now);
        }}
      />
    </div>
  );
}
