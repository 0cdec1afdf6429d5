import type { Text } from "../text/en";
import { useText } from "../text/language";
import { shownNumber, type NumberRefusal } from "./numbers";

/** Why a number is not taken, in words. */
export function useNumberWords(): (refusal: NumberRefusal) => string {
  const { widgets } = useText();
  return (refusal) => numberWords(widgets, refusal);
}

function numberWords(text: Text["widgets"], refusal: NumberRefusal): string {
  switch (refusal.why) {
    case "number":
      return text.notNumber;
    case "whole":
      return text.notWhole;
    case "low":
      return text.atLeast(shownNumber(refusal.bound));
    case "high":
      return text.atMost(shownNumber(refusal.bound));
  }
}
