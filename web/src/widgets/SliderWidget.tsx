import { useText } from "../text/language";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import { NumberInput } from "./NumberInput";
import { bounded, rangeOf } from "./numbers";
import type { WidgetProps } from "./props";
import styles from "./SliderWidget.module.css";
import { useShownNumber } from "./words";

/** A number between two ends: dragged, or typed exactly. */
export function SliderWidget(props: WidgetProps) {
  const { id, label, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const shown = useShownNumber();
  const gesture = useGesture(id);
  const range = rangeOf(setting);
  const now = bounded(typeof value === "number" ? value : (range.low ?? 0), range);
  return (
    <Field
      {...props}
      layout="block"
      aside={
        <NumberInput
          className={styles.exact}
          label={widgets.value(label)}
          range={range}
          value={value}
          onChange={onChange}
          disabled={disabled}
        />
      }
    >
      <input
        id={id}
        type="range"
        className={styles.slider}
        aria-description={setting.help || undefined}
        aria-valuetext={`${shown(now)}${range.unit && ` ${range.unit}`}`}
        min={range.low ?? undefined}
        max={range.high ?? undefined}
        step={range.step}
        value={now}
        disabled={disabled}
        onPointerDown={gesture.begin}
        onKeyDown={(event) => !event.repeat && gesture.begin()}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber, gesture.word())}
      />
    </Field>
  );
}
