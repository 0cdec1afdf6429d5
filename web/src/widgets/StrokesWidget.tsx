import { lazy, Suspense } from "react";

import { Loading } from "../app/Loading";
import type { StrokeSetting } from "../painter/strokes";
import { useText } from "../text/language";
import { useGesture } from "./gesture";
import type { WidgetProps } from "./props";
import { SceneField } from "./SceneField";

/** Whoever paints nothing never loads the painter. */
const Painter = lazy(() => import("../painter/Painter").then((module) => ({ default: module.Painter })));

/** What is painted on the photo. All that is painted between opening and closing the painter is undone at once. */
export function StrokesWidget(props: WidgetProps) {
  const { id, setting, value, onChange, scene } = props;
  const { strokes: text } = useText().widgets;
  const gesture = useGesture(id);
  const strokes = strokesOf(value);
  return (
    <SceneField {...props} fact={strokes.length ? text.count(strokes.length) : null} open={text.open} onOpen={gesture.begin}>
      {(picture, close) => (
        <Suspense fallback={<Loading />}>
          <Painter
            image={picture}
            mask={scene?.mask ?? null}
            preview={scene?.output ?? null}
            colours={setting["colours"] === true}
            strokes={strokes}
            onChange={(next) => onChange(next, gesture.word())}
            onClose={close}
          />
        </Suspense>
      )}
    </SceneField>
  );
}

const hasPoints = (part: unknown): part is StrokeSetting =>
  typeof part === "object" && part !== null && "points" in part && Array.isArray(part.points);

const strokesOf = (value: unknown): readonly StrokeSetting[] => (Array.isArray(value) ? value.filter(hasPoints) : []);
