import { useState } from "react";

import type { Point } from "../document/workflow";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import type { Picture } from "../viewer/picture";
import type { View } from "../viewer/view";
import { Grip } from "./Grip";
import { inside, middleOf } from "./marks";
import { NumberInput } from "./NumberInput";
import type { Range } from "./numbers";
import { Outline } from "./Outline";
import { PhotoDialog } from "./PhotoDialog";
import { movedTo, placedOf, placeOf, resizedTo, turnedTo, type Placed } from "./placement";
import styles from "./PlacementWidget.module.css";
import type { WidgetProps } from "./props";
import { SceneField } from "./SceneField";
import { useShownNumber } from "./words";

/** Where one picture lies on another. */
export function PlacementWidget(props: WidgetProps) {
  const { placement: text } = useText().widgets;
  const { x, y, scale, angle } = placedOf(props.value);
  const number = useShownNumber();
  const shown = (part: number) => number(Math.round(part * 10) / 10);
  return (
    <SceneField
      {...props}
      fact={text.shown(shown(x), shown(y), `${Math.round(scale * 100)} %`, shown(angle))}
      open={text.open}
    >
      {(picture, close) => <PlacementDialog {...props} picture={picture} onClose={close} />}
    </SceneField>
  );
}

interface PlacementDialogProps extends WidgetProps {
  readonly picture: Picture;
  readonly onClose: () => void;
}

const RANGES: Readonly<Record<keyof Placed, Range>> = {
  x: { low: null, high: null, step: 1, whole: false, unit: "px" },
  y: { low: null, high: null, step: 1, whole: false, unit: "px" },
  scale: { low: 0.01, high: null, step: 0.05, whole: false, unit: "×" },
  angle: { low: -360, high: 360, step: 1, whole: false, unit: "°" },
};

const PARTS = ["x", "y", "scale", "angle"] as const;

function PlacementDialog({ label, value, onChange, picture, onClose }: PlacementDialogProps) {
  const { placement: text } = useText().widgets;
  const [view, setView] = useState<View | null>(null);
  const placed = placedOf(value);
  return (
    <PhotoDialog
      title={label}
      picture={picture}
      how={text.how}
      view={view}
      onView={setView}
      onPress={(at) => onChange(movedTo(placed, at))}
      onClose={onClose}
      tools={
        <>
          {PARTS.map((part) => (
            <label key={part} className={styles.part}>
              {text[part]}
              <NumberInput
                className={styles.number}
                range={RANGES[part]}
                value={placed[part]}
                onChange={(next, merge) => onChange({ ...placed, [part]: next }, merge)}
              />
            </label>
          ))}
          <Button disabled={!view} onClick={() => view && onChange(movedTo(placed, middleOf(view)))}>
            {text.middle}
          </Button>
        </>
      }
    >
      {view && <Hold placed={placed} view={view} onChange={onChange} />}
    </PhotoDialog>
  );
}

interface HoldProps {
  readonly placed: Placed;
  readonly view: View;
  readonly onChange: (placed: Placed, merge: string) => void;
}

/** The picture's place, as a frame to move, turn and stretch. Nobody knows its size here: the frame stands for it. */
function Hold({ placed, view, onChange }: HoldProps) {
  const { placement: text } = useText().widgets;
  const half = Math.min(view.width, view.height) / 6;
  const corners: readonly Point[] = [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ];
  return (
    <>
      <Outline corners={corners.map((corner) => placeOf(placed, corner))} view={view} />
      <Grip
        label={text.move}
        at={[placed.x, placed.y]}
        view={view}
        onMove={(to, merge) => onChange(movedTo(placed, inside(to, view)), merge)}
      />
      <Grip
        label={text.turn}
        at={placeOf(placed, [0, -1.4 * half])}
        view={view}
        onMove={(to, merge) => onChange(turnedTo(placed, to), merge)}
      />
      <Grip
        label={text.resize}
        shape="square"
        at={placeOf(placed, [half, half])}
        view={view}
        onMove={(to, merge) => onChange(resizedTo(placed, to, half * Math.SQRT2), merge)}
      />
    </>
  );
}
