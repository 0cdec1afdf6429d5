import { useLanguage, type Language } from "./language";

/** Sizes, times and dates as people of a language write them. */
export interface Figures {
  readonly bytes: (count: number) => string;
  readonly seconds: (count: number) => string;
  readonly date: (epochSeconds: number) => string;
  readonly size: (width: number, height: number) => string;
}

export function figuresOf(language: Language): Figures {
  const counted = (unit: string, value: number, digits: number) =>
    new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits }).format(value);
  const whole = new Intl.NumberFormat(language);
  return {
    bytes: (count) =>
      count < 1e6
        ? counted("kilobyte", Math.max(1, count / 1e3), 0)
        : count < 1e9
          ? counted("megabyte", count / 1e6, count < 1e7 ? 1 : 0)
          : counted("gigabyte", count / 1e9, 1),
    seconds: (count) =>
      count < 60
        ? counted("second", count, count < 10 ? 1 : 0)
        : `${counted("minute", Math.floor(count / 60), 0)} ${counted("second", Math.floor(count % 60), 0)}`,
    date: (epochSeconds) =>
      new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(epochSeconds * 1000),
    size: (width, height) => `${whole.format(width)} × ${whole.format(height)}`,
  };
}

/** Made when first used: each takes the browser some 20 ms. */
const known = new Map<Language, Figures>();

export function useFigures(): Figures {
  const language = useLanguage((state) => state.language);
  const figures = known.get(language) ?? figuresOf(language);
  known.set(language, figures);
  return figures;
}
