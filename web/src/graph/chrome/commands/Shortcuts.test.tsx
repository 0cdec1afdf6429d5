import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CATALOGUE } from "../../../document/testing/catalogue";
import type { Workflow } from "../../../document/workflow";
import { useCatalogue } from "../../../server/catalogue";
import { useEditor } from "../../editor";
import { usePanels } from "../panels";
import { Shortcuts } from "./Shortcuts";

const chain: Workflow = {
  version: 1,
  nodes: {
    photo: { type: "files/load" },
    denoise: { type: "noise/denoise", inputs: { image: ["photo", "image"] } },
    save: { type: "files/save", inputs: { image: ["denoise", "image"] } },
  },
};

const ids = (): readonly string[] => Object.keys(useEditor.getState().workflow.nodes);

const press = (key: string, more: Partial<KeyboardEventInit> = {}, on: Element = document.body) =>
  fireEvent.keyDown(on, { key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key, ...more });

/** What a browser sends along with copy and paste. */
function clipboard(text = ""): DataTransfer {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  return data;
}

describe("the keyboard of the graph page", () => {
  beforeEach(() => {
    useCatalogue.setState({ catalogue: CATALOGUE });
    useEditor.getState().open(chain);
    useEditor.getState().select(["denoise"]);
    usePanels.setState({ dialog: null, singleKeys: true });
    render(<Shortcuts />);
  });
  afterEach(cleanup);

  it("removes, with and without mending the wires, and takes it back", () => {
    press("Delete");
    expect(ids()).toEqual(["photo", "save"]);
    expect(useEditor.getState().workflow.nodes["save"]).toEqual({ type: "files/save" });
    press("z", { ctrlKey: true });
    expect(ids()).toEqual(Object.keys(chain.nodes));
    useEditor.getState().select(["denoise"]);
    press("Delete", { shiftKey: true });
    expect(useEditor.getState().workflow.nodes["save"]?.inputs).toEqual({ image: ["photo", "image"] });
    press("z", { ctrlKey: true });
    press("y", { ctrlKey: true });
    expect(ids()).toEqual(["photo", "save"]);
  });

  it("bypasses, folds, duplicates and selects", () => {
    press("b", { ctrlKey: true });
    expect(useEditor.getState().workflow.nodes["denoise"]?.bypass).toBe(true);
    press("ç", { altKey: true, code: "KeyC" });
    expect(useEditor.getState().workflow.layout?.["denoise"]).toMatchObject({ collapsed: true });
    press("d", { ctrlKey: true });
    expect([...useEditor.getState().selected]).toEqual(["denoise 2"]);
    press("a", { ctrlKey: true });
    expect(useEditor.getState().selected.size).toBe(4);
  });

  it("leaves letters to whoever writes", () => {
    const field = document.body.appendChild(document.createElement("input"));
    press("Delete", {}, field);
    press("l", {}, field);
    press("?", {}, field);
    expect([ids().length, usePanels.getState().dialog]).toEqual([3, null]);
    press("k", { ctrlKey: true }, field);
    expect(usePanels.getState().dialog).toBe("commands");
    field.remove();
  });

  it("does without single keys for those who dictate", () => {
    usePanels.getState().setSingleKeys(false);
    press("?", { shiftKey: true });
    expect(usePanels.getState().dialog).toBeNull();
    press("b", { ctrlKey: true });
    expect(useEditor.getState().workflow.nodes["denoise"]?.bypass).toBe(true);
    usePanels.getState().setSingleKeys(true);
    press("?", { shiftKey: true });
    expect(usePanels.getState().dialog).toBe("help");
  });

  it("copies, cuts and pastes through the clipboard", () => {
    const data = clipboard();
    fireEvent.copy(document.body, { clipboardData: data });
    fireEvent.paste(document.body, { clipboardData: data });
    expect(ids()).toEqual(["photo", "denoise", "save", "denoise 2"]);
    fireEvent.cut(document.body, { clipboardData: data });
    expect(ids()).toEqual(["photo", "denoise", "save"]);
    fireEvent.paste(document.body, { clipboardData: clipboard("Dear aunt") });
    expect(ids()).toHaveLength(3);
  });
});
