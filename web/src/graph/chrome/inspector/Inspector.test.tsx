import { act, cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { addFrame, framesOf } from "../../../document/edits";
import { CATALOGUE } from "../../../document/testing/catalogue";
import type { Workflow } from "../../../document/workflow";
import { useCatalogue } from "../../../server/catalogue";
import { useEditor } from "../../editor";
import { Inspector } from "./Inspector";

const chain: Workflow = {
  version: 1,
  title: "Mine",
  nodes: {
    photo: { type: "files/load" },
    denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] } },
    odd: { type: "somebody/else" },
  },
};

const workflow = (): Workflow => useEditor.getState().workflow;

const select = (...ids: readonly string[]) => act(() => useEditor.getState().select(ids));

describe("the settings beside the graph", () => {
  beforeEach(() => {
    useCatalogue.setState({ catalogue: CATALOGUE });
    useEditor.getState().open(chain);
    render(<Inspector />);
  });
  afterEach(cleanup);

  it("are the workflow's own while nothing is selected", async () => {
    const title = screen.getByLabelText("Title");
    await userEvent.clear(title);
    await userEvent.type(title, "My aunts");
    expect(workflow().title).toBe("My aunts");
    act(() => useEditor.getState().undo());
    expect(workflow().title).toBe("Mine");
  });

  it("give a node another name, and say which it cannot have", async () => {
    select("denoise");
    const name = screen.getByLabelText(/^Name/);
    await userEvent.clear(name);
    await userEvent.type(name, "photo");
    expect(screen.getByText("Another node has this name.")).toBeDefined();
    await userEvent.type(name, " calm{Enter}");
    expect(Object.keys(workflow().nodes)).toEqual(["photo", "photo calm", "odd"]);
    expect([...useEditor.getState().selected]).toEqual(["photo calm"]);
  });

  it("make a setting one of the plain controls, under a name of its own", async () => {
    select("denoise");
    await userEvent.click(screen.getByRole("button", { name: "Show on the Restore page: Strength" }));
    expect(workflow().controls).toEqual({ Strength: [["denoise", "strength"]] });
    const name = screen.getByLabelText("Name on the Restore page");
    await userEvent.clear(name);
    await userEvent.type(name, "Calm{Enter}");
    expect(workflow().controls).toEqual({ Calm: [["denoise", "strength"]] });
    await userEvent.click(screen.getByRole("button", { name: "Take from the Restore page: Calm" }));
    expect(workflow().controls).toBeUndefined();
  });

  it("switch a step off, take a wire away, make it the result", async () => {
    select("denoise");
    await userEvent.click(screen.getByRole("checkbox", { name: "This step works" }));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Image" }), "not wired");
    await userEvent.click(screen.getByRole("button", { name: "Make this the result" }));
    expect(workflow().nodes["denoise"]).toEqual({ type: "noise/denoise", bypass: true });
    expect(workflow().result).toEqual(["denoise", "image"]);
  });

  it("wire a node without a pointer", async () => {
    act(() => useEditor.getState().edit((before) => ({ ...before, nodes: { ...before.nodes, mask: { type: "masks/find" } } })));
    select("denoise");
    await userEvent.click(screen.getByRole("combobox", { name: "Image" }));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Image" }), "from mask · mask");
    expect(workflow().nodes["denoise"]?.inputs).toEqual({ image: ["mask", "mask"] });
  });

  it("help with a node that the server does not know", async () => {
    select("odd");
    expect(screen.getByText(/does not know “somebody\/else”/)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Remove the node" }));
    expect(workflow().nodes).not.toHaveProperty("odd");
  });

  it("are those of a frame, or of several things at once", async () => {
    const { workflow: framed, id } = addFrame(chain, ["photo"], "Start");
    act(() => useEditor.getState().edit(() => framed));
    select(id);
    await userEvent.click(screen.getByRole("radio", { name: "Rose" }));
    expect(framesOf(workflow())[0]?.colour).toBe("rose");
    select("photo", "denoise");
    await userEvent.click(screen.getByRole("button", { name: "Bypass, or switch on again" }));
    expect([workflow().nodes["photo"]?.bypass, workflow().nodes["denoise"]?.bypass]).toEqual([true, true]);
  });
});
