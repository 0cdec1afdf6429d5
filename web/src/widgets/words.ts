import { useLanguage, useText } from "../text/language";
import { shownNumber, type NumberRefusal } from "./numbers";

/** A number as the person's language writes it. */
export function useShownNumber(): (value: number) => string {
  const language = useLanguage((state) => state.language);
  return (value) => shownNumber(value, language);
}

/** Why a number is not taken, in words. */
export function useNumberWords(): (refusal: NumberRefusal) => string {
  const { widgets } = useText();
  const shown = useShownNumber();
  return (refusal) => {
    switch (refusal.why) {
      case "number":
        return widgets.notNumber;
      case "whole":
        return widgets.notWhole;
      case "low":
        return widgets.atLeast(shown(refusal.bound));
      case "high":
        return widgets.atMost(shown(refusal.bound));
    }
  };
}
