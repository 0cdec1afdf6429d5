import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { PhotoJson } from "../server/api";
import { stateOf, wishOf, type Job } from "./job";
import { useRecipes } from "./recipes";
import { useRestore } from "./store";

const photo = (name: string): PhotoJson => ({
  sha256: "ab".repeat(32),
  name,
  setting: `${"ab".repeat(32)}/${name}`,
  bytes: 1,
  added: 0,
  width: 1,
  height: 1,
  pages: 1,
  media_type: "image/jpeg",
  problem: "",
});

const job = (id: string, news: Partial<Job> = {}): Job => ({
  id,
  name: id,
  photo: photo(id),
  uploaded: 1,
  local: "",
  problems: [],
  run: null,
  wish: "",
  ...news,
});

const store = useRestore.getInitialState();
const now = () => useRestore.getState();

beforeEach(() => {
  useRestore.setState(store, true);
  useRecipes.setState({ workflows: { restore: { version: 1, nodes: {} } } });
});

afterEach(() => vi.unstubAllGlobals());

describe("the photos", () => {
  it("shows the first of those that come in", () => {
    now().addJobs([job("a"), job("b")]);
    now().addJobs([job("c"), job("d")]);
    expect(now().jobs.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
    expect(now().shown).toBe("c");
  });

  it("shows the next one when the shown one goes, and none after the last", () => {
    now().addJobs([job("a"), job("b"), job("c")]);
    now().show("b");
    now().remove("b");
    expect(now().shown).toBe("c");
    now().remove("c");
    expect(now().shown).toBe("a");
    now().remove("a");
    expect(now().shown).toBeNull();
  });

  it("lets go of what was refused when another photo comes", () => {
    now().addJobs([job("bad", { photo: null, problems: [{ message: "No picture.", remedy: "" }] })]);
    now().addJobs([job("good")]);
    expect(now().jobs.map(({ id }) => id)).toEqual(["good"]);
  });

  it("survive a reload, but for files on their way", () => {
    now().addJobs([job("a", { local: "blob:1" }), job("b", { photo: null })]);
    const kept = JSON.parse(sessionStorage.getItem("heirloom-restore") ?? "") as { state: { jobs: readonly Job[] } };
    expect(kept.state.jobs).toEqual([job("a")]);
  });
});

describe("the settings", () => {
  it("belong to their recipe", () => {
    now().setValue("Strength", 0.8, 0.5);
    now().choose("enlarge");
    now().setValue("Times", 4, 2);
    expect(now().values).toEqual({ restore: { Strength: 0.8 }, enlarge: { Times: 4 } });
    now().resetValues();
    expect(now().values).toEqual({ restore: { Strength: 0.8 }, enlarge: {} });
  });
});

describe("restoring", () => {
  it("starts a run for each photo, and tells what is wrong with one at that one", async () => {
    const bodies: unknown[] = [];
    vi.stubGlobal("fetch", (_address: string, { body }: RequestInit) => {
      const wish = JSON.parse(body as string) as { photo: string };
      bodies.push(wish);
      if (wish.photo.endsWith("bad"))
        return Promise.resolve(Response.json({ problems: [{ message: "Gone.", remedy: "Add it again." }] }, { status: 404 }));
      return Promise.resolve(Response.json({ id: wish.photo, state: "queued", problems: [] }, { status: 201 }));
    });
    now().addJobs([job("good"), job("bad")]);
    now().setValue("Strength", 0.8, 0.5);
    await now().restore(["good", "bad"]);
    const wish = wishOf("restore", { Strength: 0.8 });
    expect(now().jobs.map((each) => stateOf(each, wish))).toEqual(["waiting", "failed"]);
    expect(bodies[0]).toEqual({ workflow: "restore", photo: photo("good").setting, settings: { Strength: 0.8 }, download: true });
    expect(now().isStarting).toBe(false);
  });
});
