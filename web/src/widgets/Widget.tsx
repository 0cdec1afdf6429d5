import type { ComponentType } from "react";

import { ChoiceWidget } from "./ChoiceWidget";
import { ColourWidget } from "./ColourWidget";
import { CurveWidget } from "./CurveWidget";
import { FacesWidget } from "./FacesWidget";
import { JsonWidget } from "./JsonWidget";
import { NumberWidget } from "./NumberWidget";
import { PhotoWidget } from "./PhotoWidget";
import { PlacementWidget } from "./PlacementWidget";
import { PointsWidget } from "./PointsWidget";
import { QuadWidget } from "./QuadWidget";
import { SeedWidget } from "./SeedWidget";
import { SliderWidget } from "./SliderWidget";
import { StrokesWidget } from "./StrokesWidget";
import { TextWidget } from "./TextWidget";
import { ToggleWidget } from "./ToggleWidget";
import { WeightsWidget } from "./WeightsWidget";
import type { WidgetProps } from "./props";

/** One for each control that the server knows. */
const WIDGETS: Readonly<Record<string, ComponentType<WidgetProps>>> = {
  choice: ChoiceWidget,
  colour: ColourWidget,
  curve: CurveWidget,
  faces: FacesWidget,
  number: NumberWidget,
  photo: PhotoWidget,
  pixels: NumberWidget,
  placement: PlacementWidget,
  points: PointsWidget,
  quad: QuadWidget,
  seed: SeedWidget,
  slider: SliderWidget,
  strokes: StrokesWidget,
  text: TextWidget,
  toggle: ToggleWidget,
  weights: WeightsWidget,
};

/** Any setting, the same in a node, beside the graph and on the Restore page. */
export function Widget(props: WidgetProps) {
  const Control = WIDGETS[props.setting.widget] ?? JsonWidget;
  return <Control {...props} />;
}
