import fc from "fast-check";
import { expect, test } from "vitest";

import { areaOf, CHANNELS, countTones, peakOf } from "./tones";

const pixels = fc.uint8ClampedArray({ minLength: 0, maxLength: 400 }).map((bytes) => bytes.slice(0, bytes.length & ~3));
const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);

test("every pixel that is not clear counts once in each channel", () => {
  fc.assert(
    fc.property(pixels, (bytes) => {
      const tones = countTones(bytes);
      const opaque = bytes.filter((byte, at) => at % 4 === 3 && byte > 0).length;
      expect(CHANNELS.map((channel) => sum(tones[channel]))).toEqual(CHANNELS.map(() => opaque));
    }),
  );
});

test("grey is of one tone in all channels", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (grey) => {
      const tones = countTones(new Uint8ClampedArray([grey, grey, grey, 255]));
      expect(CHANNELS.map((channel) => tones[channel][grey])).toEqual([1, 1, 1, 1]);
    }),
  );
});

test("a white border does not flatten all else", () => {
  const bytes = new Uint8ClampedArray(4 * 10_000).fill(255);
  for (let tone = 0; tone < 100; tone += 1) bytes.set([tone, tone, tone, 255], 4 * tone);
  expect(peakOf(countTones(bytes))).toBe(1);
});

test("a picture without pixels has a peak to divide by", () => {
  expect(peakOf(countTones(new Uint8ClampedArray()))).toBe(1);
});

test("the area is closed and never higher than its drawing", () => {
  const counts = new Uint32Array(256);
  counts.set([5, 10, 20]);
  const path = areaOf(counts, 10);
  expect(path.startsWith("M0 100L0 50.0L1 0.0L2 0.0L3 100.0")).toBe(true);
  expect(path.endsWith("L255 100Z")).toBe(true);
});
