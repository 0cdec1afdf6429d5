import { Plus } from "lucide-react";
import { useState } from "react";

import { useText } from "../text/language";
import { Button } from "../ui/Button";
import type { Picture } from "../viewer/picture";
import type { View } from "../viewer/view";
import { Grip } from "./Grip";
import { inside, marksOf, middleOf, movedMark } from "./marks";
import { PhotoDialog } from "./PhotoDialog";
import type { WidgetProps } from "./props";
import { SceneField } from "./SceneField";

/** Places on the photo: clicked, dragged, or moved with the arrow keys. */
export function PointsWidget(props: WidgetProps) {
  const { points: text } = useText().widgets;
  const marks = marksOf(props.value);
  return (
    <SceneField
      {...props}
      fact={marks.length ? text.count(marks.length) : null}
      open={text.open}
    >
      {(picture, close) => <PointsDialog {...props} picture={picture} onClose={close} />}
    </SceneField>
  );
}

interface PointsDialogProps extends WidgetProps {
  readonly picture: Picture;
  readonly onClose: () => void;
}

const most = (setting: WidgetProps["setting"]): number => (typeof setting["most"] === "number" ? setting["most"] : 1000);

function PointsDialog({ label, setting, value, onChange, picture, onClose }: PointsDialogProps) {
  const { points: text } = useText().widgets;
  const [view, setView] = useState<View | null>(null);
  const marks = marksOf(value);
  const isFull = marks.length >= most(setting);
  return (
    <PhotoDialog
      title={label}
      picture={picture}
      how={isFull ? text.most(most(setting)) : text.how}
      view={view}
      onView={setView}
      onPress={(at) => !isFull && view && onChange([...marks, inside(at, view)])}
      onClose={onClose}
      tools={
        <Button
          icon={<Plus size={16} aria-hidden />}
          disabled={isFull || !view}
          onClick={() => view && onChange([...marks, middleOf(view)])}
        >
          {text.add}
        </Button>
      }
    >
      {view &&
        marks.map((mark, index) => (
          <Grip
            key={index}
            label={text.point(index + 1)}
            at={mark}
            view={view}
            onMove={(to, merge) => onChange(movedMark(marks, index, inside(to, view)), merge)}
            onRemove={() => onChange(marks.filter((_, at) => at !== index))}
          >
            {index + 1}
          </Grip>
        ))}
    </PhotoDialog>
  );
}
