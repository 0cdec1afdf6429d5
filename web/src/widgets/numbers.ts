import type { SettingJson } from "../server/api";

/** Which numbers a setting takes. */
export interface Range {
  readonly low: number | null;
  readonly high: number | null;
  readonly step: number;
  readonly whole: boolean;
  readonly unit: string;
}

export type NumberRefusal =
  | { readonly why: "number" | "whole" }
  | { readonly why: "low" | "high"; readonly bound: number };

export type ReadNumber = { readonly value: number } | { readonly refusal: NumberRefusal };

/** The schema knows the bounds; step and unit stand beside it. */
export function rangeOf(setting: SettingJson): Range {
  const whole = setting.schema["type"] === "integer";
  const low = finite(setting.schema["minimum"]);
  const high = finite(setting.schema["maximum"]);
  const unit = setting["unit"];
  return {
    low,
    high,
    step: finite(setting["step"]) ?? (whole ? 1 : usualStep(low, high)),
    whole,
    unit: typeof unit === "string" ? unit : "",
  };
}

/** What somebody typed; a comma is a point, too. */
export function readNumber(text: string, range: Range): ReadNumber {
  const trimmed = text.trim().replace(",", ".").replace("−", "-");
  const value = trimmed === "" ? NaN : Number(trimmed);
  return Number.isFinite(value) ? checkNumber(value, range) : { refusal: { why: "number" } };
}

export function checkNumber(value: unknown, { low, high, whole }: Range): ReadNumber {
  if (typeof value !== "number" || !Number.isFinite(value)) return { refusal: { why: "number" } };
  if (whole && !Number.isInteger(value)) return { refusal: { why: "whole" } };
  if (low !== null && value < low) return { refusal: { why: "low", bound: low } };
  if (high !== null && value > high) return { refusal: { why: "high", bound: high } };
  return { value };
}

/** The number some steps further, on the step's own decimals and within the bounds. */
export function stepped(value: number, steps: number, range: Range): number {
  const decimals = Math.max(decimalsOf(range.step), decimalsOf(value));
  return bounded(Number((value + steps * range.step).toFixed(Math.min(decimals, 12))), range);
}

export const bounded = (value: number, { low, high }: Range): number =>
  Math.min(high ?? Infinity, Math.max(low ?? -Infinity, value));

const formats = new Map<string, Intl.NumberFormat>();

/** As people of a language write it, without what binary fractions leave behind: never 0.30000000000000004. */
export function shownNumber(value: number, language: string): string {
  const format = formats.get(language) ?? new Intl.NumberFormat(language, { useGrouping: false, maximumSignificantDigits: 12 });
  formats.set(language, format);
  return format.format(value);
}

export function decimalsOf(value: number): number {
  const [digits = "", power = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(power));
}

const finite = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);

/** A hundredth of the range, as a power of ten. */
function usualStep(low: number | null, high: number | null): number {
  if (low === null || high === null || high <= low) return 1;
  return 10 ** Math.floor(Math.log10((high - low) / 100) + 1e-9);
}
