interface Units {
  readonly milliseconds: (count: string) => string;
  readonly seconds: (count: string) => string;
}

const formats = new Map<string, Intl.NumberFormat>();

function shown(value: number, digits: number, language: string): string {
  const name = `${language} ${digits}`;
  const format = formats.get(name) ?? new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  formats.set(name, format);
  return format.format(value);
}

/** How long something took: milliseconds below a second, then seconds, with as many digits as matter. */
export function durationOf(seconds: number, units: Units, language: string): string {
  if (seconds < 0.9995) return units.milliseconds(shown(seconds * 1000, seconds < 0.00995 ? 1 : 0, language));
  return units.seconds(shown(seconds, seconds < 9.95 ? 1 : 0, language));
}
