import { act, cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CATALOGUE } from "../../../document/testing/catalogue";
import { EMPTY } from "../../../document/workflow";
import { useCatalogue } from "../../../server/catalogue";
import { useEditor } from "../../editor";
import { useView } from "../../view";
import { AddNode } from "./AddNode";

const WHERE = { screen: { x: 10, y: 10 }, at: [2000, 900] as const };

describe("the popover that adds a node", () => {
  beforeEach(() => {
    useCatalogue.setState({ catalogue: CATALOGUE });
    useEditor.getState().open({ ...EMPTY, nodes: { faces: { type: "faces/find" }, photo: { type: "files/load" } } });
    render(<AddNode />);
  });
  afterEach(() => {
    act(() => useView.getState().closeAdd());
    cleanup();
  });

  it("finds a node by its words and puts it where it was asked for", async () => {
    act(() => useView.getState().openAdd({ ...WHERE, from: null }));
    await userEvent.type(screen.getByRole("combobox"), "denoise{Enter}");
    expect(useEditor.getState().workflow.nodes["denoise"]).toEqual({ type: "noise/denoise" });
    expect(useEditor.getState().workflow.layout?.["denoise"]).toEqual([2000, 900]);
    expect([...useEditor.getState().selected]).toEqual(["denoise"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("offers only what fits a wire, and wires it", async () => {
    act(() => useView.getState().openAdd({ ...WHERE, from: { place: ["faces", "image"], side: "input" } }));
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["files/load", "noise/denoise", "repair/fill", "masks/find"]);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(useEditor.getState().workflow.nodes["faces"]?.inputs).toEqual({ image: ["denoise", "image"] });
  });

  it("says so where nothing fits, and closes on Escape without a change", async () => {
    act(() => useView.getState().openAdd({ ...WHERE, from: { place: ["faces", "faces"], side: "output" } }));
    expect(screen.queryAllByRole("option")).toEqual([]);
    expect(screen.getByText(/No node fits/)).toBeDefined();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(Object.keys(useEditor.getState().workflow.nodes)).toHaveLength(2);
  });
});
