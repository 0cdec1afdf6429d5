import { useText } from "../text/language";
import controls from "./controls.module.css";
import type { WidgetProps } from "./props";

interface NameSelectProps extends Pick<WidgetProps, "id" | "setting" | "value" | "onChange" | "disabled"> {
  readonly names: readonly string[];
  /** As people read it. */
  readonly titleOf: (name: string) => string;
}

/** A list of names to choose from. A value that is not among them stays until another one is chosen. */
export function NameSelect({ id, setting, value, onChange, disabled, names, titleOf }: NameSelectProps) {
  const { widgets } = useText();
  const chosen = String(value);
  const isKnown = names.includes(chosen);
  return (
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
      {names.map((name) => (
        <option key={name} value={name}>
          {titleOf(name)}
        </option>
      ))}
    </select>
  );
}
