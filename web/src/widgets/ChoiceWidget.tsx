import { useServed, useText } from "../text/language";
import controls from "./controls.module.css";
import { Field } from "./Field";
import type { WidgetProps } from "./props";

/** One of a few names. */
export function ChoiceWidget(props: WidgetProps) {
  const { id, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const served = useServed();
  const options = namesOf(setting["options"] ?? setting.schema["enum"]);
  const chosen = typeof value === "string" ? value : String(value);
  const isKnown = options.includes(chosen);
  return (
    <Field {...props}>
      <select
        id={id}
        className={controls.select}
        aria-description={setting.help || undefined}
        aria-invalid={!isKnown}
        disabled={disabled}
        value={chosen}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {!isKnown && <option value={chosen}>{widgets.unknownChoice(chosen)}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {served(option)}
          </option>
        ))}
      </select>
    </Field>
  );
}

const namesOf = (options: unknown): readonly string[] =>
  Array.isArray(options) ? options.filter((option) => typeof option === "string") : [];
