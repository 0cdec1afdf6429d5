import { useEffect, useState } from "react";

import { otherOf, type End } from "./modes";

/** Slow enough that nothing flashes: less than twice a second. */
const PERIOD = 800;

const prefersStill = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export interface Blink {
  readonly end: End;
  readonly show: (end: End) => void;
  readonly plays: boolean;
  readonly play: (on: boolean) => void;
}

/** One of two, changing by itself while `on`; only by hand for people who want no motion. */
export function useBlink(on: boolean): Blink {
  const [end, show] = useState<End>("after");
  const [plays, play] = useState(() => !prefersStill());
  const runs = on && plays;
  useEffect(() => {
    if (!runs) return;
    const timer = window.setInterval(() => show(otherOf), PERIOD);
    return () => window.clearInterval(timer);
  }, [runs]);
  return { end, show, plays, play };
}
