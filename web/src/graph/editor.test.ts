import { beforeEach, describe, expect, test } from "vitest";

import { addNode, addNote, removeAll, setTitle } from "../document/edits";
import { EMPTY, type Workflow } from "../document/workflow";
import { useEditor } from "./editor";

const editor = () => useEditor.getState();
const title = () => editor().workflow.title;
const rename = (to: string, merge?: string) => editor().edit((workflow) => setTitle(workflow, to), merge);

beforeEach(() => editor().open(EMPTY));

describe("an edit", () => {
  test("changes the document, and can be undone and redone", () => {
    rename("One");
    rename("Two");
    expect(editor()).toMatchObject({ canUndo: true, canRedo: false, changed: true });
    editor().undo();
    expect(title()).toBe("One");
    editor().undo();
    expect(editor()).toMatchObject({ workflow: EMPTY, canUndo: false, canRedo: true, changed: false });
    editor().redo();
    expect(title()).toBe("One");
  });

  test("belongs to its gesture until that has ended", () => {
    rename("O", "title");
    rename("On", "title");
    editor().settle();
    rename("One", "title");
    editor().undo();
    expect(title()).toBe("On");
    editor().undo();
    expect(editor().canUndo).toBe(false);
  });

  test("that changes nothing is none", () => {
    editor().edit((workflow) => workflow);
    expect(editor().canUndo).toBe(false);
  });
});

describe("what is selected", () => {
  test("is left behind by what goes", () => {
    editor().edit((workflow) => addNote(addNode(workflow, "noise/denoise", [0, 0]).workflow, [0, 0]).workflow);
    const ids = [...Object.keys(editor().workflow.nodes), ...(editor().workflow.layout?.["#notes"] ?? []).map(({ id }) => id)];
    editor().select(ids);
    editor().edit((workflow) => removeAll(workflow, ["denoise"]));
    expect([...editor().selected]).toEqual(ids.filter((id) => id !== "denoise"));
  });

  test("stays the same object when the same is selected again", () => {
    editor().select(["a", "b"]);
    const { selected } = editor();
    editor().select(["b", "a"]);
    expect(editor().selected).toBe(selected);
  });
});

describe("a document that is opened", () => {
  const DOCUMENT: Workflow = { version: 1, title: "Mine", nodes: { a: { type: "x" }, b: { type: "x", inputs: { in: ["a", "out"] } } } };

  test("begins a history of its own, and selects and shows nothing", () => {
    rename("Old");
    editor().select(["a"]);
    editor().showRun("run");
    const { opened } = editor();
    editor().open(DOCUMENT, "mine");
    expect(editor()).toMatchObject({ name: "mine", changed: false, canUndo: false, run: null, opened: opened + 1 });
    expect(editor().selected.size).toBe(0);
  });

  test("has a place for every node, so that none moves because another one does", () => {
    editor().open(DOCUMENT);
    expect(Object.keys(editor().workflow.layout ?? {})).toEqual(["a", "b"]);
    expect(editor().changed).toBe(false);
  });

  test("is changed until it is saved, if it comes from a draft", () => {
    editor().open(DOCUMENT, "mine", true);
    expect(editor().changed).toBe(true);
    editor().saved("mine");
    expect(editor().changed).toBe(false);
  });
});
