import { Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";

import { useText } from "../text/language";
import controls from "./controls.module.css";
import { addPoint, pointsOf, removePoint, roomiest, type Points } from "./curve";
import { CurvePlane } from "./CurvePlane";
import styles from "./CurveWidget.module.css";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import { JsonWidget } from "./JsonWidget";
import type { WidgetProps } from "./props";

/** A tone curve: what comes in from left to right, what comes out from bottom to top. */
export function CurveWidget(props: WidgetProps) {
  const points = pointsOf(props.value);
  return points ? <CurveEditor {...props} points={points} /> : <JsonWidget {...props} />;
}

function CurveEditor(props: WidgetProps & { readonly points: Points }) {
  const { id, label, points, setting, onChange, disabled } = props;
  const text = useText().widgets.curve;
  const gesture = useGesture(id);
  const [chosen, setChosen] = useState<number | null>(null);
  const change = (next: Points) => {
    if (next !== points) onChange(next, gesture.word());
  };
  const remove = (index: number) => {
    gesture.begin();
    change(removePoint(points, index));
    setChosen(null);
  };
  const add = () => {
    gesture.begin();
    change(addPoint(points, roomiest(points)));
  };
  const tools = (
    <span className={styles.tools}>
      <Tool label={text.add} disabled={disabled} onClick={add} icon={<Plus size={14} aria-hidden />} />
      <Tool
        label={text.remove}
        disabled={disabled || chosen === null || points.length <= 2}
        onClick={() => chosen !== null && remove(chosen)}
        icon={<Trash2 size={14} aria-hidden />}
      />
    </span>
  );
  return (
    <Field {...props} layout="block" aside={tools}>
      <CurvePlane
        id={id}
        label={text.editor(label)}
        help={setting.help || undefined}
        points={points}
        gesture={gesture}
        onChange={change}
        onChoose={setChosen}
        onRemove={remove}
        disabled={disabled}
      />
    </Field>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly onClick: () => void;
}

function Tool({ label, icon, disabled, onClick }: ToolProps) {
  return (
    <button type="button" className={controls.tool} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {icon}
    </button>
  );
}
