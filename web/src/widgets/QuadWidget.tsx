import { useState } from "react";

import { useText } from "../text/language";
import { Button } from "../ui/Button";
import type { Picture } from "../viewer/picture";
import type { View } from "../viewer/view";
import { Grip } from "./Grip";
import { cornersOf, inside, marksOf, movedMark } from "./marks";
import { Outline } from "./Outline";
import { PhotoDialog } from "./PhotoDialog";
import type { WidgetProps } from "./props";
import { SceneField } from "./SceneField";

/** Four corners on the photo, clockwise from the upper left; or none. */
export function QuadWidget(props: WidgetProps) {
  const { quad: text } = useText().widgets;
  const isSet = marksOf(props.value).length === 4;
  return (
    <SceneField
      {...props}
      fact={isSet ? text.set : null}
      open={text.open}
    >
      {(picture, close) => <QuadDialog {...props} picture={picture} onClose={close} />}
    </SceneField>
  );
}

interface QuadDialogProps extends WidgetProps {
  readonly picture: Picture;
  readonly onClose: () => void;
}

function QuadDialog({ label, value, onChange, picture, onClose }: QuadDialogProps) {
  const { quad: text } = useText().widgets;
  const [view, setView] = useState<View | null>(null);
  const marks = marksOf(value);
  // Corners that are not set yet lie on those of the photo, to be dragged from there.
  const corners = view && (marks.length === 4 ? marks : cornersOf(view));
  return (
    <PhotoDialog
      title={label}
      picture={picture}
      how={text.how}
      view={view}
      onView={setView}
      onClose={onClose}
      tools={
        <Button disabled={!view} onClick={() => view && onChange(cornersOf(view))}>
          {text.whole}
        </Button>
      }
    >
      {corners && (
        <>
          <Outline corners={corners} view={view} />
          {corners.map((corner, index) => (
            <Grip
              key={index}
              label={text.corners[index] ?? ""}
              at={corner}
              view={view}
              onMove={(to, merge) => onChange(movedMark(corners, index, inside(to, view)), merge)}
            />
          ))}
        </>
      )}
    </PhotoDialog>
  );
}
