import type { KeyboardEvent } from "react";

import { classes } from "../ui/classes";
import { useDraft } from "./draft";
import { useGesture } from "./gesture";
import styles from "./NumberInput.module.css";
import { checkNumber, readNumber, stepped, type Range } from "./numbers";
import { Refusal } from "./Refusal";
import { useNumberWords, useShownNumber } from "./words";

interface NumberInputProps {
  readonly id?: string;
  /** Only where no <label> names it. */
  readonly label?: string;
  readonly range: Range;
  readonly value: unknown;
  readonly onChange: (value: number, merge?: string) => void;
  readonly help?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/**
 * A number to type. It is taken on Enter and on leaving, not at each key: half a number is none. The arrow keys step,
 * with Shift ten times as far; Escape gives up.
 */
export function NumberInput({ id, label, range, value, onChange, help, disabled, className }: NumberInputProps) {
  const draft = useDraft(value);
  const words = useNumberWords();
  const shown = useShownNumber();
  const gesture = useGesture(id ?? label ?? "");
  const now = typeof value === "number" ? value : (range.low ?? 0);
  const read = draft.text === null ? checkNumber(value, range) : readNumber(draft.text, range);
  const take = () => {
    if (draft.text === null) return;
    if ("refusal" in read) {
      draft.refuse(words(read.refusal));
    } else {
      draft.drop();
      if (read.value !== value) onChange(read.value);
    }
  };
  const step = (by: number, isRepeated: boolean) => {
    if (!isRepeated) gesture.begin();
    const next = stepped("value" in read ? read.value : now, by, range);
    draft.drop();
    if (next !== value) onChange(next, gesture.word());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.shiftKey ? 10 : 1;
    if (event.key === "ArrowUp") step(far, event.repeat);
    else if (event.key === "ArrowDown") step(-far, event.repeat);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) take();
    else if (event.key === "Escape" && draft.text !== null) draft.drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className={classes(styles.frame, className)}>
      <input
        id={id}
        type="text"
        role="spinbutton"
        inputMode="decimal"
        autoComplete="off"
        className={styles.input}
        aria-label={label}
        aria-description={help}
        aria-valuenow={now}
        aria-valuemin={range.low ?? undefined}
        aria-valuemax={range.high ?? undefined}
        aria-invalid={"refusal" in read}
        disabled={disabled}
        value={draft.text ?? (typeof value === "number" ? shown(value) : "")}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      {range.unit && <span className={styles.unit}>{range.unit}</span>}
      <Refusal words={draft.refusal} />
    </span>
  );
}
