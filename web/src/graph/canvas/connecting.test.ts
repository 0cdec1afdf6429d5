import { describe, expect, test } from "vitest";

import { CATALOGUE } from "../../document/testing/catalogue";
import type { Workflow } from "../../document/workflow";
import { canvas } from "../../text/en/canvas";
import { firstFit } from "./connecting";
import { reasonOf } from "./misfit";

const WORKFLOW: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    find: { type: "masks/find", inputs: { image: ["photo", "image"] } },
    fill: { type: "repair/fill", inputs: { mask: ["find", "mask"] } },
    faces: { type: "faces/find" },
  },
};

describe("a wire that is let go over a card", () => {
  test("takes the input of its kind", () => {
    expect(firstFit(WORKFLOW, CATALOGUE, { place: ["photo", "image"], side: "output" }, "fill")).toEqual({
      from: ["photo", "image"],
      to: ["fill", "image"],
    });
  });

  test("takes one of its very kind, though it is wired, before a free one that would do", () => {
    expect(firstFit(WORKFLOW, CATALOGUE, { place: ["find", "mask"], side: "output" }, "fill")?.to).toEqual(["fill", "mask"]);
  });

  test("comes from an output where it was drawn from an input", () => {
    expect(firstFit(WORKFLOW, CATALOGUE, { place: ["fill", "image"], side: "input" }, "photo")).toEqual({
      from: ["photo", "image"],
      to: ["fill", "image"],
    });
  });

  test("goes nowhere where nothing fits, or the wires would run in a circle", () => {
    expect(firstFit(WORKFLOW, CATALOGUE, { place: ["faces", "faces"], side: "output" }, "fill")).toBeNull();
    expect(firstFit(WORKFLOW, CATALOGUE, { place: ["fill", "image"], side: "output" }, "find")).toBeNull();
  });
});

test("every reason against a wire has its words", () => {
  const say = (misfit: Parameters<typeof reasonOf>[0]) => reasonOf(misfit, canvas.misfit, (words) => words.toUpperCase());
  expect(say({ why: "kind", has: "image", wants: "mask" })).toBe("This is “IMAGE”. The socket needs “MASK”.");
  expect(say({ why: "loop" })).toBe(canvas.misfit.loop);
  expect(say({ why: "self" })).toBe(canvas.misfit.self);
  expect(say({ why: "unknown" })).toBe(canvas.misfit.unknown);
});
