import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { CATALOGUE, run, step } from "../node/examples";
import { recordOf } from "../runs/record";
import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import type { StepView } from "../server/messages";
import { useLanguage } from "../text/language";
import type { Job } from "./job";
import { Progressing } from "./Progressing";

const RECORD = recordOf("run-1", { state: "running" });

const JOB: Job = { id: "one", name: "a.jpg", photo: { sha256: "a", name: "a.jpg" } as Job["photo"], uploaded: 1, local: "", problems: [], run: RECORD, wish: "" };

const SKETCH = "data:image/webp;base64,AAAA";

function show(...steps: readonly StepView[]): void {
  useRuns.setState({ runs: { "run-1": { ...run(steps), record: RECORD } } });
  render(<Progressing jobs={[JOB]} shown={JOB} />);
}

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ version: 1, nodes: { fade: { type: "tone/fade" } } })));
  useLanguage.setState({ language: "en" });
  useCatalogue.setState({ catalogue: CATALOGUE });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  useRuns.setState(NO_RUNS);
});

it("shows what the step that works has so far", async () => {
  show(step("load"), step("fade", { state: "running", fraction: 0.5, sketch: SKETCH }));
  const drawn = await screen.findByRole("img", { name: "The picture of tone/fade is taking shape" });
  expect(drawn.getAttribute("src")).toBe(SKETCH);
});

it("shows no picture of a step that draws none", async () => {
  show(step("load"), step("fade", { state: "running", fraction: 0.5 }));
  await screen.findByText("tone/fade");
  expect(screen.queryByRole("img")).toBeNull();
});
