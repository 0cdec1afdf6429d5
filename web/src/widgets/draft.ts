import { useState } from "react";

/** What is being typed, until it is taken. */
export interface Draft {
  /** null: nothing is being typed, the value shows. */
  readonly text: string | null;
  /** Why it was not taken. */
  readonly refusal: string | null;
  readonly type: (text: string) => void;
  readonly refuse: (refusal: string) => void;
  readonly drop: () => void;
}

interface Typed {
  readonly text: string | null;
  readonly refusal: string | null;
}

const NOTHING: Typed = { text: null, refusal: null };

/** A draft of a value. When the value changes meanwhile, such as by undo, it wins. */
export function useDraft(value: unknown): Draft {
  const [typed, setTyped] = useState(NOTHING);
  const [seen, setSeen] = useState(value);
  if (!Object.is(seen, value)) {
    setSeen(value);
    setTyped(NOTHING);
  }
  return {
    ...typed,
    type: (text) => setTyped({ text, refusal: null }),
    refuse: (refusal) => setTyped((before) => ({ ...before, refusal })),
    drop: () => setTyped(NOTHING),
  };
}
