/** Which faces a node works on: all, the largest, or some by their numbers from left to right, from 0. */
export type FaceChoice = "all" | "largest" | readonly number[];

export function choiceOf(value: unknown): FaceChoice {
  if (value === "largest") return "largest";
  if (!Array.isArray(value)) return "all";
  return tidy(value.filter((part) => Number.isInteger(part) && part >= 0) as readonly number[]);
}

const tidy = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((one, other) => one - other);

/** With a face more, or without it. */
export const toggled = (numbers: readonly number[], face: number): readonly number[] =>
  numbers.includes(face) ? numbers.filter((number) => number !== face) : tidy([...numbers, face]);

/** What somebody typed, "1, 3": people count from 1, the engine from 0. null where it is no list of numbers. */
export function numbersOf(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean).map(Number);
  return parts.every((part) => Number.isInteger(part) && part >= 1) ? tidy(parts.map((part) => part - 1)) : null;
}

export const shownNumbers = (numbers: readonly number[]): string => numbers.map((number) => number + 1).join(", ");
