interface Units {
  readonly milliseconds: (count: string) => string;
  readonly seconds: (count: string) => string;
}

/** How long something took: milliseconds below a second, then seconds with as many digits as matter. */
export function durationOf(seconds: number, units: Units, language: string): string {
  const shown = (value: number, digits: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (seconds < 0.9995) return units.milliseconds(shown(seconds * 1000, seconds < 0.00995 ? 1 : 0));
  return units.seconds(shown(seconds, seconds < 9.95 ? 1 : 0));
}
