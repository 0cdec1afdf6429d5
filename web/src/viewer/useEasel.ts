import { useEffect, useRef, useState, type RefObject } from "react";

import type { Easel, EaselState } from "./Easel";
import type { View } from "./view";

const LOADING: EaselState = { loading: true, error: null };

interface Hung {
  /** null until its code is there. */
  readonly easel: Easel | null;
  readonly state: EaselState;
}

/** An easel in an element, for as long as the component lives; it changes nothing by itself. */
export function useEasel(element: RefObject<HTMLElement | null>, onView: ((view: View) => void) | undefined): Hung {
  const [easel, setEasel] = useState<Easel | null>(null);
  const [state, setState] = useState(LOADING);
  const hear = useRef(onView);
  useEffect(() => {
    hear.current = onView;
  });
  useEffect(() => {
    const { current } = element;
    let made: Easel | null = null;
    let gone = false;
    const open = async (): Promise<void> => {
      const { Easel } = await import("./Easel");
      if (gone || !current) return;
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      made = new Easel(current, { onView: (view) => hear.current?.(view), onState: setState }, still);
      setEasel(made);
    };
    open().catch((error: unknown) => setState({ loading: false, error }));
    return () => {
      gone = true;
      made?.close();
      setEasel(null);
    };
  }, [element]);
  return { easel, state };
}
