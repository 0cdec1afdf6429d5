import { Minus, Plus } from "lucide-react";

import { useText } from "../text/language";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import { NumberInput } from "./NumberInput";
import styles from "./NumberWidget.module.css";
import { rangeOf, stepped } from "./numbers";
import type { WidgetProps } from "./props";

/** A number to type, with a button for a little less and one for a little more. Lengths in pixels are such, too. */
export function NumberWidget(props: WidgetProps) {
  const { id, label, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const gesture = useGesture(id);
  const range = rangeOf(setting);
  const now = typeof value === "number" ? value : (range.low ?? 0);
  const step = (by: number) => {
    const next = stepped(now, by, range);
    if (next !== value) onChange(next, gesture.word());
  };
  return (
    <Field {...props}>
      <button
        type="button"
        className={styles.step}
        aria-label={widgets.less(label)}
        tabIndex={-1}
        disabled={disabled || now <= (range.low ?? -Infinity)}
        onPointerDown={gesture.begin}
        onClick={() => step(-1)}
      >
        <Minus size={14} aria-hidden />
      </button>
      <NumberInput
        id={id}
        className={styles.number}
        range={range}
        value={value}
        onChange={onChange}
        help={setting.help || undefined}
        disabled={disabled}
      />
      <button
        type="button"
        className={styles.step}
        aria-label={widgets.more(label)}
        tabIndex={-1}
        disabled={disabled || now >= (range.high ?? Infinity)}
        onPointerDown={gesture.begin}
        onClick={() => step(1)}
      >
        <Plus size={14} aria-hidden />
      </button>
    </Field>
  );
}
