import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CATALOGUE, run, step } from "../node/examples";
import { recordOf } from "../runs/record";
import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import type { StepView } from "../server/messages";
import { useLanguage } from "../text/language";
import type { Job } from "./job";
import { LeftOut } from "./LeftOut";
import { useRestore } from "./store";

const JOB: Job = { id: "one", name: "a.jpg", photo: null, uploaded: 1, local: "", problems: [], run: recordOf("run-1", { state: "done" }), wish: "" };

const WHY = "Left out: the model file lama is not there.";

function show(...steps: readonly StepView[]): void {
  useRuns.setState({ runs: { "run-1": { ...run(steps), record: recordOf("run-1", { state: "done" }) } } });
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ version: 1, nodes: { fade: { type: "tone/fade" } } })));
  render(<LeftOut job={JOB} />);
}

beforeEach(() => {
  useLanguage.setState({ language: "en" });
  useRuns.setState(NO_RUNS);
  useCatalogue.setState({ catalogue: CATALOGUE });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("LeftOut", () => {
  it("says nothing of a run that had all it needs", () => {
    show(step("fade"));
    expect(screen.queryByRole("note")).toBeNull();
  });

  it("names what was left out and what was done otherwise, and does it again with the models", async () => {
    const restored: string[][] = [];
    useRestore.setState({ restore: (ids) => Promise.resolve(void restored.push([...ids])) });
    show(step("fade", { action: "left out", state: "waiting", fallback: WHY }), step("large", { fallback: "Works otherwise." }));
    const title = CATALOGUE.nodes.get("tone/fade")?.title ?? "";
    await screen.findByText(`Left out, because a model file is not on this computer: ${title}.`);
    expect(screen.getByText(/Done in a simpler way, .*: large\./)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Do it with the model" }));
    expect(restored).toEqual([["one"]]);
  });
});
