import type { KeyboardEvent } from "react";

import { useText } from "../text/language";
import styles from "./ColourWidget.module.css";
import controls from "./controls.module.css";
import { useDraft } from "./draft";
import { Field } from "./Field";
import { useGesture } from "./gesture";
import type { WidgetProps } from "./props";
import { Refusal } from "./Refusal";

const COLOUR = /^#[0-9a-f]{6}$/;

/** A colour: from the browser's own picker, or written #rrggbb. */
export function ColourWidget(props: WidgetProps) {
  const { id, label, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const draft = useDraft(value);
  const gesture = useGesture(id);
  const now = typeof value === "string" && COLOUR.test(value.toLowerCase()) ? value.toLowerCase() : "#000000";
  const take = () => {
    if (draft.text === null) return;
    const colour = colourOf(draft.text);
    if (!colour) {
      draft.refuse(widgets.notColour);
    } else {
      draft.drop();
      if (colour !== value) onChange(colour);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") take();
    else if (event.key === "Escape" && draft.text !== null) {
      draft.drop();
      event.stopPropagation();
    }
  };
  return (
    <Field {...props}>
      <input
        id={id}
        type="color"
        className={styles.swatch}
        aria-description={setting.help || undefined}
        disabled={disabled}
        value={now}
        onFocus={gesture.begin}
        onPointerDown={gesture.begin}
        onChange={(event) => onChange(event.currentTarget.value, gesture.word())}
      />
      <input
        type="text"
        className={controls.text}
        aria-label={widgets.colourCode(label)}
        aria-invalid={draft.refusal !== null}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={draft.text ?? String(value)}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      <Refusal words={draft.refusal} />
    </Field>
  );
}

/** What somebody typed, as #rrggbb; the short form and the sign left out are understood. */
export function colourOf(text: string): string | null {
  const digits = text.trim().toLowerCase().replace(/^#/, "");
  const long = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  return COLOUR.test(`#${long}`) ? `#${long}` : null;
}
