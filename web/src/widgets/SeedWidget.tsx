import { Dices } from "lucide-react";

import { useText } from "../text/language";
import controls from "./controls.module.css";
import { Field } from "./Field";
import { NumberInput } from "./NumberInput";
import { rangeOf } from "./numbers";
import type { WidgetProps } from "./props";
import styles from "./SeedWidget.module.css";

/** The seed of chance: typed, or another one thrown. */
export function SeedWidget(props: WidgetProps) {
  const { id, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const range = rangeOf(setting);
  return (
    <Field {...props}>
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
        className={controls.button}
        aria-label={widgets.dice}
        title={widgets.dice}
        disabled={disabled}
        onClick={() => onChange(thrown(range.high))}
      >
        <Dices size={16} aria-hidden />
      </button>
    </Field>
  );
}

/** Short enough to be read out to somebody else. */
const LARGEST = 1_000_000;

const thrown = (high: number | null): number => {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random % (Math.min(high ?? LARGEST, LARGEST) + 1);
};
