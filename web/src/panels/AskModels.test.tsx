import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { EMPTY } from "../document/workflow";
import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { ModelJson, WithoutJson } from "../server/api";
import { useCatalogue } from "../server/catalogue";
import type { DownloadChanged } from "../server/messages";
import { useLanguage } from "../text/language";
import { CATALOGUE } from "../node/examples";
import { AskModels } from "./AskModels";
import { askModels } from "./question";

const LAMA: ModelJson = {
  name: "lama",
  tasks: ["inpaint"],
  title: "LaMa",
  about: "Fills large holes.",
  bytes: 208_044_816,
  licence: "Apache-2.0",
  commercial: true,
  needs: [],
  present: false,
  note: "",
};

/** What the page asked of the server. */
let asked: string[] = [];

/** The server, as far as this needs it. */
function serve(models: readonly ModelJson[], without: readonly WithoutJson[] | null = null): void {
  asked = [];
  vi.stubGlobal("fetch", (address: string, { method = "GET" }: RequestInit = {}) => {
    asked.push(`${method} ${address.split("?")[0] ?? ""}`);
    return Promise.resolve(Response.json({ models, without }));
  });
}

const tell = (news: Partial<DownloadChanged>) =>
  act(() => {
    const download: DownloadChanged = {
      event: "DownloadChanged",
      name: "lama",
      done: 0,
      total: 200e6,
      state: "running",
      message: "",
      ...news,
    };
    useRuns.setState({ downloads: { lama: download } });
  });

beforeEach(() => {
  useLanguage.setState({ language: "en" });
  useRuns.setState(NO_RUNS);
  useCatalogue.setState({ catalogue: CATALOGUE });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("askModels", () => {
  it("asks nothing where all models are here", async () => {
    serve([{ ...LAMA, present: true }]);
    await expect(askModels(EMPTY)).resolves.toBe("whole");
  });

  it("says what it is about, and takes no for an answer", async () => {
    serve([LAMA]);
    render(<AskModels />);
    const answer = askModels(EMPTY);
    await screen.findByRole("heading", { name: "LaMa" });
    expect(screen.getByText("208 MB")).toBeDefined();
    expect(screen.getByText("May be used commercially")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Not now" }));
    await expect(answer).resolves.toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(asked).toEqual(["POST /api/workflows/needs"]);
  });

  it("goes on by itself once all has come", async () => {
    serve([LAMA]);
    render(<AskModels />);
    const answer = askModels(EMPTY);
    await userEvent.click(await screen.findByRole("button", { name: "Download (208 MB)" }));
    await waitFor(() => expect(asked).toContain("POST /api/models/lama/download"));
    tell({ done: 100e6 });
    expect((await screen.findByRole<HTMLProgressElement>("progressbar")).value).toBe(0.5);
    tell({ done: 200e6, state: "done" });
    await expect(answer).resolves.toBe("whole");
  });

  it("tells why a download failed, and tries again", async () => {
    serve([LAMA]);
    render(<AskModels />);
    void askModels(EMPTY);
    await userEvent.click(await screen.findByRole("button", { name: "Download (208 MB)" }));
    tell({ state: "failed", message: "There is no connection." });
    expect((await screen.findByRole("alert")).textContent).toContain("There is no connection.");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(asked.filter((each) => each.startsWith("POST /api/models/"))).toHaveLength(2);
  });

  it("offers to go on without where every step knows how, and says what that means", async () => {
    serve([LAMA], [
      { step: "colour", type: "tone/fade", instead: null },
      { step: "large", type: "upscale/resize", instead: { model: "lanczos" } },
      { step: "strange", type: "no/such", instead: null },
    ]);
    render(<AskModels />);
    const answer = askModels(EMPTY);
    await screen.findByRole("heading", { name: "Without a download" });
    const [fade, resize] = ["tone/fade", "upscale/resize"].map((type) => CATALOGUE.nodes.get(type)?.title ?? "");
    expect(screen.getByText(`“${fade}” is left out. Everything else is done.`)).toBeDefined();
    expect(screen.getByText(`“${resize}” works in a simpler way.`)).toBeDefined();
    expect(screen.getByText("“strange” is left out. Everything else is done.")).toBeDefined();
    act(() => {
      useLanguage.setState({ language: "de" });
    });
    expect(screen.getByText(/fällt weg/, { selector: "li:first-child" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Ohne weitermachen" }));
    await expect(answer).resolves.toBe("without");
    expect(asked).toEqual(["POST /api/workflows/needs"]);
  });

  it("does not offer it where a step needs its model, nor while one comes in", async () => {
    serve([LAMA], null);
    const { unmount } = render(<AskModels />);
    void askModels(EMPTY);
    await screen.findByRole("button", { name: "Not now" });
    expect(screen.queryByRole("button", { name: "Go on without" })).toBeNull();
    unmount();
    serve([LAMA], [{ step: "colour", type: "tone/fade", instead: null }]);
    render(<AskModels />);
    const answer = askModels(EMPTY);
    await userEvent.click(await screen.findByRole("button", { name: "Download (208 MB)" }));
    tell({ state: "running" });
    expect(screen.queryByRole("button", { name: "Go on without" })).toBeNull();
    tell({ state: "failed", message: "There is no connection." });
    await userEvent.click(screen.getByRole("button", { name: "Go on without" }));
    await expect(answer).resolves.toBe("without");
  });
});
