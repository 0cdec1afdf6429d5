import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { PhotoJson } from "../server/api";
import type { RunRecord } from "../server/messages";
import { hasResult, isBusy, isOpen, stateOf, wishOf, type Job } from "./job";
import { problemsOfJob } from "./problemsOfJob";

const PHOTO: PhotoJson = {
  sha256: "ab".repeat(32),
  name: "aunt.jpg",
  setting: `${"ab".repeat(32)}/aunt.jpg`,
  bytes: 10,
  added: 0,
  width: 3,
  height: 2,
  pages: 1,
  media_type: "image/jpeg",
  problem: "",
};

const runIn = (state: RunRecord["state"], problems: RunRecord["problems"] = []): RunRecord => ({
  id: "run",
  name: "Restore",
  state,
  priority: 0,
  created: 0,
  started: null,
  ended: null,
  photo: PHOTO.setting,
  targets: null,
  force: [],
  download: true,
  problems,
  result: null,
});

const WISH = wishOf("restore", {});

const job = (news: Partial<Job>): Job => ({
  id: "1",
  name: "aunt.jpg",
  photo: PHOTO,
  uploaded: 1,
  local: "",
  problems: [],
  run: null,
  wish: WISH,
  ...news,
});

const PROBLEM = { message: "It is no picture.", remedy: "Choose another one." };

describe("stateOf", () => {
  it.each([
    [{ photo: null }, "uploading"],
    [{ photo: null, problems: [PROBLEM] }, "refused"],
    [{}, "ready"],
    [{ problems: [PROBLEM] }, "failed"],
    [{ run: runIn("queued") }, "waiting"],
    [{ run: runIn("running") }, "running"],
    [{ run: runIn("done") }, "done"],
    [{ run: runIn("done"), wish: wishOf("enlarge", {}) }, "stale"],
    [{ run: runIn("failed") }, "failed"],
    [{ run: runIn("cancelled") }, "cancelled"],
  ] as const)("of %j is %s", (news, state) => {
    expect(stateOf(job(news), WISH)).toBe(state);
  });

  it("is never both at work and to be restored", () => {
    const states = ["queued", "running", "done", "failed", "cancelled"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.boolean(), (state, same) => {
        const found = stateOf(job({ run: runIn(state) }), same ? WISH : "other");
        return !(isBusy(found) && isOpen(found));
      }),
    );
  });
});

it("has a result once its run is done, also with other settings", () => {
  expect(hasResult(job({ run: runIn("done"), wish: "other" }))).toBe(true);
  expect(hasResult(job({ run: runIn("running") }))).toBe(false);
});

it("wishes alike whatever the order of the settings", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
      const turned = Object.fromEntries(Object.entries(values).reverse());
      return wishOf("restore", values) === wishOf("restore", turned);
    }),
  );
});

describe("problemsOfJob", () => {
  it("tells why the run failed, without naming a step", () => {
    const failed = job({ run: runIn("failed", [{ ...PROBLEM, node: "fill", port: null }]) });
    expect(problemsOfJob(failed)).toEqual([PROBLEM]);
  });

  it("tells first why the photo itself was not taken", () => {
    const refused = job({ photo: null, problems: [PROBLEM], run: runIn("failed", [{ message: "x", remedy: "" }]) });
    expect(problemsOfJob(refused)).toEqual([PROBLEM]);
  });
});
