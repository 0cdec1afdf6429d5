import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { EMPTY } from "../document/workflow";
import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { ModelJson } from "../server/api";
import type { DownloadChanged } from "../server/messages";
import { useLanguage } from "../text/language";
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
function serve(models: readonly ModelJson[]): void {
  asked = [];
  vi.stubGlobal("fetch", (address: string, { method = "GET" }: RequestInit = {}) => {
    asked.push(`${method} ${address.split("?")[0] ?? ""}`);
    return Promise.resolve(Response.json({ models }));
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
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("askModels", () => {
  it("asks nothing where all models are here", async () => {
    serve([{ ...LAMA, present: true }]);
    await expect(askModels(EMPTY)).resolves.toBe(true);
  });

  it("says what it is about, and takes no for an answer", async () => {
    serve([LAMA]);
    render(<AskModels />);
    const answer = askModels(EMPTY);
    await screen.findByRole("heading", { name: "LaMa" });
    expect(screen.getByText("208 MB")).toBeDefined();
    expect(screen.getByText("May be used commercially")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Not now" }));
    await expect(answer).resolves.toBe(false);
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
    await expect(answer).resolves.toBe(true);
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
});
