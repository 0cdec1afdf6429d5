import { useText } from "../text/language";
import controls from "./controls.module.css";
import { useDraft } from "./draft";
import { Field } from "./Field";
import type { WidgetProps } from "./props";
import { Refusal } from "./Refusal";

/** A control that this page does not know yet: its value as JSON. Taken on leaving. */
export function JsonWidget(props: WidgetProps) {
  const { id, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const draft = useDraft(value);
  const take = () => {
    if (draft.text === null) return;
    const read = parsed(draft.text);
    if (!read) {
      draft.refuse(widgets.notJson);
    } else {
      draft.drop();
      onChange(read.value);
    }
  };
  return (
    <Field {...props} layout="block">
      <textarea
        id={id}
        className={controls.text}
        rows={2}
        spellCheck={false}
        aria-description={setting.help || undefined}
        aria-invalid={draft.refusal !== null}
        disabled={disabled}
        value={draft.text ?? JSON.stringify(value)}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={take}
      />
      <Refusal words={draft.refusal} />
    </Field>
  );
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
