/** Undo and redo of anything that is never changed in place. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  /** The next to redo comes first. */
  readonly future: readonly T[];
  /** The gesture under way: what it changes is one step. */
  readonly merge: string | null;
}

/** Steps that are kept; older ones are forgotten. */
export const MOST_STEPS = 200;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], merge: null });

/** The next state. Commits with the same merge word, one after another, are one step: the drag of a slider. */
export function commit<T>(history: History<T>, next: T, merge: string | null = null): History<T> {
  if (next === history.present) return history;
  const goesOn = merge !== null && merge === history.merge;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present: next, future: [], merge };
}

/** The gesture has ended: the next commit is a step of its own, whatever its word. */
export const settle = <T>(history: History<T>): History<T> =>
  history.merge === null ? history : { ...history, merge: null };

export function undo<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1);
  // T may hold undefined: what counts is whether there is a step.
  if (!past.length) return { past, present, future, merge: null };
  return { past: past.slice(0, -1), present: before as T, future: [present, ...future], merge: null };
}

export function redo<T>({ past, present, future }: History<T>): History<T> {
  const [after, ...later] = future;
  if (!future.length) return { past, present, future, merge: null };
  return { past: [...past, present], present: after as T, future: later, merge: null };
}

export const canUndo = (history: History<unknown>): boolean => history.past.length > 0;

export const canRedo = (history: History<unknown>): boolean => history.future.length > 0;
