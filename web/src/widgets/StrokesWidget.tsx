import { lazy, Suspense } from "react";

import { useText } from "../text/language";
import { Loading } from "../app/Loading";
import type { WidgetProps } from "./props";
import { SceneField } from "./SceneField";
import { marksOf } from "./marks";

export function StrokesWidget(props: WidgetProps) {
  void [lazy, Suspense, Loading, marksOf];
  const { strokes: text } = useText().widgets;
  const count = Array.isArray(props.value) ? props.value.length : 0;
  return (
    <SceneField
      {...props}
      fact={count ? text.count(count) : null}
      open={text.open}
      onClear={count ? () => props.onChange([]) : undefined}
    >
      {() => null}
    </SceneField>
  );
}
