import { useMemo, useState } from "react";

import type { Mode, Way } from "./modes";
import { useBlink, type Blink } from "./useBlink";

export interface ChosenWay {
  readonly way: Way;
  /** How many times as bright the difference is shown. */
  readonly gain: number;
  readonly blink: Blink;
  readonly choose: (mode: Mode) => void;
  readonly divide: (divider: number) => void;
  readonly amplify: (gain: number) => void;
}

/** The way in which two pictures are compared. */
export function useWay(): ChosenWay {
  const [mode, choose] = useState<Mode>("slider");
  const [divider, divide] = useState(0.5);
  const [gain, amplify] = useState(4);
  const blink = useBlink(mode === "blink");
  const { end } = blink;
  const way = useMemo(() => ({ mode, divider, end }), [mode, divider, end]);
  return { way, gain, blink, choose, divide, amplify };
}
