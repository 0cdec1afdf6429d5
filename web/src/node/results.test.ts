import { describe, expect, it } from "vitest";

import { CATALOGUE, run, step, WORKFLOW } from "./examples";
import { exhibitionOf, picturesOf } from "./pictures";
import { atHand, resultAt } from "./results";

const same = (words: string) => words;

describe("resultAt", () => {
  it("shows what is done, and nothing of what is not", () => {
    const now = run([step("photo"), step("fade", { state: "running" })]);
    expect(resultAt(WORKFLOW, now, ["photo", "image"])).toEqual({ key: "key of photo", output: "image" });
    expect(resultAt(WORKFLOW, now, ["fade", "image"])).toBeNull();
    expect(resultAt(WORKFLOW, undefined, ["photo", "image"])).toBeNull();
    expect(resultAt(WORKFLOW, now, null)).toBeNull();
  });

  it("shows what was not needed because what came of it was kept, and nothing beyond", () => {
    const unneeded = { action: "unneeded", state: "waiting" } as const;
    const now = run([step("photo", unneeded), step("fade", { action: "cached" }), step("find", unneeded), step("paint", unneeded)]);
    expect([...atHand(WORKFLOW, now)].sort()).toEqual(["fade", "photo"]);
  });

  it("looks once at one and the same run", () => {
    const now = run([step("photo")]);
    expect(atHand(WORKFLOW, now)).toBe(atHand({ ...WORKFLOW, title: "moved" }, now));
  });
});

describe("what the viewer is given", () => {
  const now = run([step("photo"), step("fade"), step("find"), step("paint")]);

  it("lists every picture in the order of the work", () => {
    expect(picturesOf(WORKFLOW, CATALOGUE, now, same).map(({ label }) => label)).toEqual([
      "files/load (photo)",
      "tone/fade (fade)",
      "masks/find (find)",
      "masks/paint (paint)",
    ]);
  });

  it("compares what comes out with what came in", () => {
    const { before, after, pictures } = exhibitionOf("fade", WORKFLOW, CATALOGUE, now, same);
    const ids = pictures.map(({ id }) => id);
    expect([ids.indexOf(before ?? ""), ids.indexOf(after ?? "")]).toEqual([0, 1]);
  });

  it("lays a mask over the photo that it was made for", () => {
    expect(exhibitionOf("paint", WORKFLOW, CATALOGUE, now, same).mask).toEqual({ key: "key of paint", output: "mask" });
    expect(exhibitionOf("fade", WORKFLOW, CATALOGUE, now, same).mask).toBeNull();
  });
});
