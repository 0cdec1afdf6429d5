import { useMemo, useRef, type RefObject } from "react";

import type { StageHandle } from "./Layers";
import type { View } from "./view";

export type Which = "main" | "aside";

export interface InStep {
  readonly main: RefObject<StageHandle | null>;
  readonly aside: RefObject<StageHandle | null>;
  /** The person moves this one: the other goes with it. */
  readonly lead: (which: Which) => void;
  readonly moved: (which: Which, view: View) => void;
}

/** Keeps two stages at one zoom and place. */
export function useInStep(): InStep {
  const main = useRef<StageHandle>(null);
  const aside = useRef<StageHandle>(null);
  const leader = useRef<Which>("main");
  const views = useRef<Partial<Record<Which, View>>>({});
  return useMemo(
    () => ({
      main,
      aside,
      lead: (which) => {
        leader.current = which;
      },
      moved: (which, view) => {
        views.current[which] = view;
        const led = views.current[leader.current];
        // One that has just come falls in with the other.
        if (led) (leader.current === "main" ? aside : main).current?.follow(led);
      },
    }),
    [],
  );
}
