import { useText } from "../text/language";
import controls from "./controls.module.css";
import { useDraft } from "./draft";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import type { WidgetProps } from "./props";
import { Refusal } from "./Refusal";

/** A line, or a paragraph. Taken as it is typed; what is typed between coming and leaving is undone at once. */
export function TextWidget(props: WidgetProps) {
  const { id, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const draft = useDraft(value);
  const gesture = useGesture(id);
  const most = longestOf(setting.schema["maxLength"]);
  const lines = typeof setting["lines"] === "number" ? setting["lines"] : 1;
  const type = (text: string) => {
    if (text.length > most) {
      draft.type(text);
      draft.refuse(widgets.tooLong(most));
    } else {
      draft.drop();
      onChange(text, gesture.word());
    }
  };
  const common = {
    id,
    className: controls.text,
    "aria-description": setting.help || undefined,
    "aria-invalid": draft.refusal !== null,
    disabled,
    value: draft.text ?? (typeof value === "string" ? value : ""),
    onFocus: gesture.begin,
  };
  return (
    <Field {...props} layout={lines > 1 ? "block" : "row"}>
      {lines > 1 ? (
        <textarea {...common} rows={lines} onChange={(event) => type(event.currentTarget.value)} />
      ) : (
        <input {...common} type="text" autoComplete="off" onChange={(event) => type(event.currentTarget.value)} />
      )}
      <Refusal words={draft.refusal} />
    </Field>
  );
}

const longestOf = (most: unknown): number => (typeof most === "number" ? most : Infinity);
