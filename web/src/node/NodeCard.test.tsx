import { ReactFlowProvider } from "@xyflow/react";
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Profiler } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { setBypass, setSetting } from "../document/edits";
import { useEditor } from "../graph/editor";
import { NO_RUNS } from "../runs/reduce";
import { useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import type { StepView } from "../server/messages";
import { CATALOGUE, run, step, WORKFLOW } from "./examples";
import { NodeCard, type CardProps } from "./NodeCard";
import { SimpleCard } from "./SimpleCard";

const props = (id: string): CardProps => ({
  id,
  type: "step",
  data: { shape: null },
  selected: false,
  dragging: false,
  draggable: true,
  selectable: true,
  deletable: true,
  isConnectable: true,
  zIndex: 0,
  positionAbsoluteX: 0,
  positionAbsoluteY: 0,
});

let drawn = 0;

const show = (id: string) =>
  render(
    <ReactFlowProvider>
      <Profiler id={id} onRender={() => (drawn += 1)}>
        <NodeCard {...props(id)} />
      </Profiler>
    </ReactFlowProvider>,
  );

const tell = (...steps: readonly StepView[]) =>
  act(() => useRuns.setState({ runs: { "run-1": run(steps) } }));

beforeEach(() => {
  drawn = 0;
  // There is no server: no picture is kept.
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
  useCatalogue.setState({ catalogue: CATALOGUE });
  useEditor.getState().open(WORKFLOW);
  useEditor.getState().showRun("run-1");
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  useRuns.setState(NO_RUNS);
});

describe("a card", () => {
  it("has its title, its sockets and its usual settings", () => {
    const { container } = show("fade");
    expect(screen.getByText("tone/fade")).toBeTruthy();
    expect(container.querySelectorAll(".target, .source")).toHaveLength(2);
    expect(screen.getByRole("slider", { name: "Strength" })).toBeTruthy();
    expect(screen.queryByRole("slider", { name: "Rare" })).toBeNull();
  });

  it("changes the document, and only what differs from the default is kept there", async () => {
    show("fade");
    const exact = screen.getByRole("spinbutton", { name: "Strength, exact value" });
    await userEvent.clear(exact);
    await userEvent.type(exact, "0.8{Enter}");
    expect(useEditor.getState().workflow.nodes["fade"]?.settings).toEqual({ strength: 0.8 });
    await userEvent.click(screen.getByRole("button", { name: "Reset: Strength" }));
    expect(useEditor.getState().workflow.nodes["fade"]?.settings ?? {}).toEqual({});
  });

  it("folds and unfolds", async () => {
    show("fade");
    await userEvent.click(screen.getByRole("button", { name: "Collapse" }));
    expect(screen.queryByRole("slider")).toBeNull();
    expect(screen.getByRole("button", { name: "Expand" }).getAttribute("aria-expanded")).toBe("false");
    await userEvent.click(screen.getByRole("button", { name: "Expand" }));
    expect(screen.getByRole("slider")).toBeTruthy();
  });

  it("says that it is bypassed", () => {
    show("fade");
    act(() => useEditor.getState().edit((workflow) => setBypass(workflow, ["fade"], true)));
    expect(screen.getByText("Bypassed")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Run this node only" })).toHaveProperty("disabled", true);
  });

  it("is drawn again for its own changes alone", () => {
    show("fade");
    const before = drawn;
    act(() => useEditor.getState().edit((workflow) => setSetting(workflow, "paint", "size", 3, 1)));
    tell(step("photo", { state: "running" }));
    act(() => useEditor.getState().select(["paint"]));
    expect(drawn).toBe(before);
    act(() => useEditor.getState().edit((workflow) => setSetting(workflow, "fade", "strength", 0.3, 0.5)));
    expect(drawn).toBe(before + 1);
  });

  it("keeps the wires and the settings of a node that the server does not have", () => {
    const nodes = { ...WORKFLOW.nodes, fade: { type: "nowhere/gone", inputs: { image: ["photo", "image"] as const } } };
    useEditor.getState().open({ ...WORKFLOW, nodes });
    const { container } = show("fade");
    expect(screen.getByText("nowhere/gone")).toBeTruthy();
    expect(container.querySelectorAll(".target")).toHaveLength(1);
    expect(container.querySelectorAll(".source")).toHaveLength(1);
  });
});

describe("while it runs, a card says", () => {
  it("that it waits, how far it is, and how long it took", () => {
    show("fade");
    tell(step("fade", { state: "waiting" }));
    expect(screen.getByText("Waiting")).toBeTruthy();
    tell(step("fade", { state: "running", fraction: 0.42 }));
    expect(screen.getByText("42 %")).toBeTruthy();
    expect(screen.getByRole("progressbar", { name: "fade: progress" })).toHaveProperty("value", 0.42);
    tell(step("fade", { seconds: 0.12, notes: ["Not faded."] }));
    expect(screen.getByText("120 ms · Not faded.")).toBeTruthy();
  });

  it("that its result was kept, and why", () => {
    show("fade");
    tell(step("fade", { action: "cached", seconds: null }));
    expect(screen.getByText("Kept from before").parentElement?.title).toContain("Nothing that it depends on has changed");
  });

  it("what went wrong and what to do", () => {
    show("fade");
    tell(step("fade", { state: "failed", message: "The photo is too small.", remedy: "Enlarge it first." }));
    const alert = screen.getByRole("alert");
    expect(within(alert).getByText("The photo is too small.")).toBeTruthy();
    expect(within(alert).getByText("Enlarge it first.")).toBeTruthy();
  });

  it("what it waits for in vain", () => {
    show("paint");
    tell(step("paint", { state: "blocked", by: "fade" }));
    expect(screen.getByRole("note").textContent).toBe("It needs “fade”, which failed.");
  });
});

describe("what is taking shape", () => {
  const SKETCHES = ["data:image/webp;base64,AAAA", "data:image/webp;base64,BBBB"];
  const sketching = (sketch = "") => tell(step("fade", { state: "running", fraction: 0.3, sketch }));
  const drawnIn = (container: HTMLElement) => container.querySelector("img")?.getAttribute("src") ?? "";
  let come: () => void;

  beforeEach(() => {
    vi.stubGlobal("fetch", () => new Promise((resolve) => (come = () => resolve(new Response("")))));
    vi.stubGlobal("createImageBitmap", () => Promise.resolve({ width: 4, height: 3 }));
  });

  it("is shown where the picture will be, and until that is there", async () => {
    const { container } = show("fade");
    for (const sketch of SKETCHES) {
      sketching(sketch);
      expect(screen.getByRole("button", { name: "The picture of tone/fade is taking shape" })).toHaveProperty("disabled", true);
      expect(drawnIn(container)).toBe(sketch);
    }
    tell(step("fade", { key: "sketched" }));
    expect(drawnIn(container)).toBe(SKETCHES[1]);
    act(() => come());
    await vi.waitFor(() => expect(drawnIn(container)).toBe(""));
    expect(screen.getByRole("button", { name: "Show the picture of tone/fade" })).toHaveProperty("disabled", false);
  });

  it("goes with a step that fails, and does not come back", () => {
    const { container } = show("fade");
    sketching(SKETCHES[0]);
    tell(step("fade", { state: "failed", message: "No." }));
    expect(drawnIn(container)).toBe("");
    expect(screen.getByRole("button", { name: "No picture yet" })).toBeTruthy();
    sketching();
    expect(drawnIn(container)).toBe("");
  });

  it("is seen from far away, too", () => {
    render(<SimpleCard {...props("fade")} />);
    sketching(SKETCHES[0]);
    expect(screen.getByRole("img", { name: "The picture of tone/fade is taking shape" }).getAttribute("src")).toBe(SKETCHES[0]);
    tell(step("fade"));
    expect(screen.queryByRole("img")).toBeNull();
  });
});

it("is simple from far away, and still says how it stands", () => {
  render(<SimpleCard {...props("fade")} />);
  tell(step("fade", { state: "failed" }));
  expect(screen.getByText("tone/fade").dataset["look"]).toBe("failed");
});
