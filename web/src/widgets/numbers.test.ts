import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SettingJson } from "../server/api";
import { checkNumber, decimalsOf, rangeOf, readNumber, shownNumber, stepped, type Range } from "./numbers";

const UNIT: Range = { low: 0, high: 1, step: 0.05, whole: false, unit: "" };
const COUNT: Range = { low: 1, high: 10, step: 1, whole: true, unit: "" };

const ranges: fc.Arbitrary<Range> = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0.001, 0.05, 0.5, 1, 32))
  .map(([low, width, step]) => ({ low, high: low + width, step, whole: false, unit: "" }));

const setting = (parts: Partial<SettingJson>): SettingJson => ({ widget: "slider", default: 0, schema: {}, help: "", ...parts });

describe("rangeOf", () => {
  it("takes the bounds from the schema, because the server leaves a bound of 0 out of the options", () => {
    const range = rangeOf(setting({ schema: { type: "number", minimum: 0, maximum: 2 }, high: 2, step: 0.1, unit: "px" }));
    expect(range).toEqual({ low: 0, high: 2, step: 0.1, whole: false, unit: "px" });
  });

  it("steps by one where the number is whole, and by about a hundredth of the range where nothing is said", () => {
    expect(rangeOf(setting({ schema: { type: "integer", minimum: 1, maximum: 500 } })).step).toBe(1);
    expect(rangeOf(setting({ schema: { type: "number", minimum: 0, maximum: 1 } })).step).toBe(0.01);
    expect(rangeOf(setting({ schema: { type: "number" } })).step).toBe(1);
  });
});

describe("readNumber", () => {
  it("understands a comma as a point", () => expect(readNumber(" 0,5 ", UNIT)).toEqual({ value: 0.5 }));

  it.each([
    ["", UNIT, { why: "number" }],
    ["abc", UNIT, { why: "number" }],
    ["Infinity", UNIT, { why: "number" }],
    ["2.5", COUNT, { why: "whole" }],
    ["0", COUNT, { why: "low", bound: 1 }],
    ["11", COUNT, { why: "high", bound: 10 }],
  ])("refuses %j", (text, range, refusal) => expect(readNumber(text, range)).toEqual({ refusal }));

  it("takes back what a field shows, in every language", () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom("en", "de"), (value, language) => {
        const read = readNumber(shownNumber(value, language), UNIT);
        expect("value" in read && read.value).toBeCloseTo(value, 10);
      }),
    ));
});

describe("stepped", () => {
  it("never leaves the range", () =>
    fc.assert(
      fc.property(ranges, fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -50, max: 50 }), (range, value, by) => {
        expect(checkNumber(stepped(value, by, range), range)).toHaveProperty("value");
      }),
    ));

  it("leaves no trace of binary fractions", () => {
    expect(stepped(0.1, 4, UNIT)).toBe(0.3);
    expect(stepped(0.15, 1, UNIT)).toBe(0.2);
  });

  it("comes back where it was, away from the ends", () =>
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 17 }), (steps) => {
        const value = stepped(0, steps, UNIT);
        expect(stepped(stepped(value, 2, UNIT), -2, UNIT)).toBe(value);
      }),
    ));
});

it("shows numbers as a language writes them, without the dust of binary fractions", () => {
  expect([shownNumber(0.1 + 0.2, "en"), shownNumber(0.5, "de"), shownNumber(4294967295, "de")]).toEqual(["0.3", "0,5", "4294967295"]);
});

it("counts decimals, also of tiny numbers", () => {
  expect([decimalsOf(3), decimalsOf(0.05), decimalsOf(1e-7)]).toEqual([0, 2, 7]);
});
