import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { ModelJson, PhotoJson } from "../server/api";
import { settingOf, show } from "./harness";
import { useModels } from "../server/models";
import { nameOf, thumbnailOf } from "./photos";

const SHA = "a".repeat(64);

const photo: PhotoJson = {
  sha256: SHA,
  name: "wedding.jpg",
  setting: `${SHA}/wedding.jpg`,
  bytes: 1,
  added: 0,
  width: 30,
  height: 20,
  pages: 1,
  media_type: "image/jpeg",
  problem: "",
};

const model = (name: string, parts: Partial<ModelJson>): ModelJson => ({
  name,
  tasks: ["upscale"],
  title: name.toUpperCase(),
  about: "",
  bytes: 5e6,
  licence: "MIT",
  commercial: true,
  needs: [],
  present: true,
  note: "",
  ...parts,
});

/** What the server answers, by the path that is asked for. */
let answers: Record<string, unknown> = {};
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  answers = { "/api/models": { models: [model("small", {}), model("large", { present: false, licence: "NC", commercial: false })] } };
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? "GET"} ${path}`);
    const answer = answers[path.replace(/\?.*/, "")];
    return Promise.resolve(answer === undefined ? new Response("{}", { status: 404 }) : Response.json(answer));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  useRuns.setState(NO_RUNS);
});

const WEIGHTS = settingOf("weights", { default: "small", models: ["lanczos", "small", "large"], schema: { type: "string" } });
const PHOTO = settingOf("photo", { default: "", schema: { type: "string" } });

describe("a model", () => {
  beforeEach(() => useModels.getState().load());

  it("is chosen by its title", async () => {
    const { user, value } = show(WEIGHTS);
    await screen.findByRole("option", { name: "LARGE" });
    await user.selectOptions(screen.getByRole("combobox", { name: "Strength" }), "LARGE");
    expect(value()).toBe("large");
    expect(screen.getByRole("button", { name: "Strength: not downloaded yet. About the models" })).toBeTruthy();
  });

  it("tells of each what one should know first", async () => {
    const { user, value } = show(WEIGHTS);
    await user.click(screen.getByRole("button", { name: "Strength: about the models" }));
    const dialog = await screen.findByRole("dialog", { name: "Strength: Choose a model" });
    expect(dialog.textContent).toContain("Needs no model.");
    expect(dialog.textContent).toContain("Licence: NC");
    expect(dialog.textContent).toContain("Recommended");
    await user.click(screen.getByRole("radio", { name: "LARGE" }));
    expect(value()).toBe("large");
    await user.click(screen.getByRole("button", { name: "Done" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is downloaded where it is missing, and is ready once it has come", async () => {
    const { user } = show(WEIGHTS, { value: "large" });
    answers["/api/models/large/download"] = {};
    await user.click(await screen.findByRole("button", { name: "Strength: not downloaded yet. About the models" }));
    await user.click(await screen.findByRole("button", { name: "Download LARGE" }));
    expect(asked).toContain("POST /api/models/large/download");
    const download = { event: "DownloadChanged", name: "large", done: 1e6, total: 5e6, message: "" } as const;
    useRuns.setState({ downloads: { large: { ...download, state: "running" } } });
    await screen.findByRole("progressbar");
    answers["/api/models"] = { models: [model("small", {}), model("large", {})] };
    useRuns.setState({ downloads: { large: { ...download, done: 5e6, state: "done" } } });
    await waitFor(() => expect(screen.queryByRole("button", { name: "Download LARGE" })).toBeNull());
    expect(screen.getByRole("button", { name: "Strength: about the models" })).toBeTruthy();
  });
});

describe("a photo", () => {
  it("shows its name and its picture", () => {
    show(PHOTO, { value: photo.setting });
    const button = screen.getByRole("button", { name: /wedding\.jpg/ });
    expect(button.querySelector("img")?.getAttribute("src")).toBe(`/api/photos/${SHA}/thumbnail?w=128`);
  });

  it("is chosen among those that are kept", async () => {
    answers["/api/photos"] = { photos: [photo], next: "", total: 1 };
    const { user, value } = show(PHOTO);
    await user.click(screen.getByRole("button", { name: /Choose a photo/ }));
    await user.click(await screen.findByRole("button", { name: /wedding\.jpg/ }));
    expect(value()).toBe(photo.setting);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says so where there is none yet, and why the server does not answer", async () => {
    answers["/api/photos"] = { photos: [], next: "", total: 0 };
    const { user } = show(PHOTO);
    await user.click(screen.getByRole("button", { name: /Choose a photo/ }));
    await screen.findByText("No photos yet. Upload one, or begin with the sample.");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    answers = {};
    await user.click(screen.getByRole("button", { name: /Choose a photo/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("404");
  });

  it("is called as people call it", () => {
    expect(nameOf(photo.setting)).toBe("wedding.jpg");
    expect(nameOf("scans/1931/wedding.tif")).toBe("wedding.tif");
    expect(thumbnailOf("scans/wedding.tif", 100)).toBeNull();
    expect(thumbnailOf("sample.jpg", 100)).toContain("sample.jpg");
  });
});
