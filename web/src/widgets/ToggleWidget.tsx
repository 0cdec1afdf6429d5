import { Field } from "./Field";
import type { WidgetProps } from "./props";
import styles from "./ToggleWidget.module.css";

/** On or off. */
export function ToggleWidget(props: WidgetProps) {
  const { id, setting, value, onChange, disabled } = props;
  return (
    <Field {...props}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.switch}
        aria-description={setting.help || undefined}
        checked={value === true}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Field>
  );
}
