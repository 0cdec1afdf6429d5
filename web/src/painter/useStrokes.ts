import { useState } from "react";

import { begin, canRedo, canUndo, commit, redo, undo, type History } from "../document/history";
import { settingOf, strokeOf, type Stroke, type StrokeSetting } from "./strokes";

export interface Strokes {
  readonly all: readonly Stroke[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly add: (stroke: Stroke) => void;
  readonly clear: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Let the flood that was made last go farther, or less far. */
  readonly retune: (tolerance: number) => void;
}

/** Written once for each stroke: every change tells all of them. */
const settings = new WeakMap<Stroke, StrokeSetting>();

function settingFor(stroke: Stroke): StrokeSetting {
  const setting = settings.get(stroke) ?? settingOf(stroke);
  settings.set(stroke, setting);
  return setting;
}

/** Strokes with their past. Each change is told as the setting that it makes. */
export function useStrokes(first: readonly StrokeSetting[], onChange: (strokes: readonly StrokeSetting[]) => void): Strokes {
  const [history, setHistory] = useState<History<readonly Stroke[]>>(() => begin(first.map(strokeOf)));
  const all = history.present;
  const turn = (next: History<readonly Stroke[]>): void => {
    setHistory(next);
    if (next.present !== all) onChange(next.present.map(settingFor));
  };
  return {
    all,
    canUndo: canUndo(history),
    canRedo: canRedo(history),
    add: (stroke) => turn(commit(history, [...all, stroke])),
    clear: () => turn(commit(history, all.length ? [] : all)),
    undo: () => turn(undo(history)),
    redo: () => turn(redo(history)),
    retune: (tolerance) => {
      const last = all.at(-1);
      if (last?.tool === "flood" && canUndo(history)) {
        turn(commit(history, [...all.slice(0, -1), { ...last, tolerance }], "tolerance"));
      }
    },
  };
}
