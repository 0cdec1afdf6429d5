import { beforeEach, describe, expect, it } from "vitest";

import { addNode } from "../../../document/edits";
import { EMPTY } from "../../../document/workflow";
import { useEditor } from "../../editor";
import { fileName, openText, replaceDocument } from "./files";
import { usePanels } from "../panels";
import { receive } from "./receiving";

const other = { version: 1, title: "Other", nodes: { load: { type: "files/load" } } } as const;

describe("opening another document", () => {
  beforeEach(() => {
    useEditor.getState().open(EMPTY);
    usePanels.getState().setReplacing(null);
  });

  it("does so at once where nothing is lost", () => {
    replaceDocument(other, "mine");
    expect([useEditor.getState().workflow.title, useEditor.getState().name]).toEqual(["Other", "mine"]);
  });

  it("asks first where changes would be", () => {
    useEditor.getState().edit((workflow) => addNode(workflow, "noise/denoise", [0, 0]).workflow);
    replaceDocument(other);
    expect(useEditor.getState().workflow.title).toBe("");
    usePanels.getState().replacing?.();
    expect(useEditor.getState().workflow.title).toBe("Other");
  });

  it("takes what is dropped, and leaves everything as it is where that is no workflow", async () => {
    await receive([new File([JSON.stringify(other)], "other.json", { type: "application/json" })]);
    expect(useEditor.getState().workflow.title).toBe("Other");
    openText("{}");
    await receive([new File(["Dear aunt"], "letter.txt", { type: "text/plain" })]);
    expect(useEditor.getState().workflow.title).toBe("Other");
  });
});

describe("a file's name", () => {
  it("is the title, without what file systems do not take", () => {
    expect(fileName("Aunt: 1931/32?")).toBe("Aunt 1931 32");
    expect(fileName("///")).toBe("workflow");
  });
});
