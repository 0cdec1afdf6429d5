import { create } from "zustand";
import { persist } from "zustand/middleware";

import { de } from "./de";
import { served as germanServed } from "./de/served";
import { en, type Text } from "./en";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const TEXTS: Readonly<Record<Language, Text>> = { en, de };

/** What the server's own words (titles of nodes, names of controls) are in another language. */
const SERVED: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: {}, de: germanServed };

interface LanguageState {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

export const useLanguage = create<LanguageState>()(
  persist(
    (set) => ({
      language: navigator.language.startsWith("de") ? "de" : "en",
      choose: (language) => set({ language }),
    }),
    { name: "heirloom-language", partialize: ({ language }) => ({ language }) },
  ),
);

/** The words of the page in the person's language. */
export const useText = (): Text => TEXTS[useLanguage((state) => state.language)];

/** The same outside of components. */
export const textNow = (): Text => TEXTS[useLanguage.getState().language];

/** Translates words that come from the server, as far as they are known here; others stay as they are. */
export const useServed = (): ((words: string) => string) => served(useLanguage((state) => state.language));

/** The same outside of components. */
export const servedNow = (): ((words: string) => string) => served(useLanguage.getState().language);

const served = (language: Language) => (words: string) => SERVED[language][words] ?? words;
