import { create } from "zustand";
import { persist } from "zustand/middleware";

export const APPEARANCES = ["system", "light", "dark"] as const;
export type Appearance = (typeof APPEARANCES)[number];

interface AppearanceState {
  readonly appearance: Appearance;
  readonly choose: (appearance: Appearance) => void;
}

/** Light or dark, remembered; the root element carries it for ui/theme.css. */
export const useAppearance = create<AppearanceState>()(
  persist((set) => ({ appearance: "system", choose: (appearance) => set({ appearance }) }), {
    name: "heirloom-appearance",
    partialize: ({ appearance }) => ({ appearance }),
  }),
);

export function showAppearance(appearance: Appearance): void {
  if (appearance === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = appearance;
}
