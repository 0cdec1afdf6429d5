import { useMemo, useRef } from "react";

let gestures = 0;

export interface Gesture {
  /** A new gesture: the finger comes down, the field gets the focus. */
  readonly begin: () => void;
  /** The word that its changes share, and no others on the page. */
  readonly word: () => string;
}

/** What a person does in one go, so that it is undone in one go. */
export function useGesture(id: string): Gesture {
  const current = useRef(id);
  return useMemo(
    () => ({
      begin: () => {
        gestures += 1;
        current.current = `${id} ${gestures}`;
      },
      word: () => current.current,
    }),
    [id],
  );
}
