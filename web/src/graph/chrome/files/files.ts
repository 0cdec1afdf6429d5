import { toast } from "sonner";

import { goTo } from "../../../app/route";
import { readWorkflow, writeWorkflow } from "../../../document/reading";
import { EMPTY, type Workflow } from "../../../document/workflow";
import type { WorkflowJson, WorkflowsJson } from "../../../server/api";
import { ask, problemsOf } from "../../../server/http";
import { textNow } from "../../../text/language";
import type { Problem } from "../../../ui/Problems";
import { useEditor } from "../../editor";
import { usePanels } from "../panels";

/** Opening and saving: files of one's own machine, and the library on the server. */

/** Show another document. Changes that nobody saved are asked about first. */
export function replaceDocument(workflow: Workflow, name: string | null = null): void {
  const open = () => useEditor.getState().open(workflow, name);
  if (useEditor.getState().changed) usePanels.getState().setReplacing(open);
  else open();
}

export const newWorkflow = (): void => replaceDocument(EMPTY);

/** Open the text of a workflow's file, or say why it cannot be. */
export function openText(text: string): void {
  const read = readWorkflow(text);
  if ("workflow" in read) replaceDocument(read.workflow);
  else tell(read.problems);
}

/** Open a workflow of the library. One that comes with the program is a template: what is made of it has no name yet. */
export async function openListed({ name, owner }: Pick<WorkflowJson, "name" | "owner">): Promise<void> {
  try {
    const workflow = await ask<Workflow>(`/api/workflows/${encodeURIComponent(name)}`);
    replaceDocument(workflow, owner === "own" ? name : null);
  } catch (error) {
    tell(problemsOf(error));
  }
}

/** Let people choose a file, and open it. */
export async function chooseFile(): Promise<void> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  await new Promise((chosen) => {
    input.addEventListener("change", chosen);
    input.addEventListener("cancel", chosen);
    input.click();
  });
  const file = input.files?.[0];
  if (file) openText(await file.text());
}

/** Hand the document out as a file. */
export function downloadFile(): void {
  const { workflow, name } = useEditor.getState();
  const url = URL.createObjectURL(new Blob([writeWorkflow(workflow)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(workflow.title || name || textNow().graph.files.untitled)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

/** A title as a file's name, without what file systems do not take. */
export const fileName = (title: string): string =>
  title
    .replace(/[\s\\/:*?"<>|\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 80) || "workflow";

/**
 * Save under the document's own name, and go on. One that has no name is asked for it, and so is one that comes with
 * the program.
 */
export async function save(goOn: () => void = () => undefined): Promise<void> {
  const { name } = useEditor.getState();
  try {
    if (name === null || !(await isOwn(name))) usePanels.getState().askName(goOn);
    else if (await saveAs(name)) goOn();
  } catch (error) {
    tell(problemsOf(error));
  }
}

/** The workflows that come with the program, and the person's own. */
export async function listWorkflows(): Promise<readonly WorkflowJson[]> {
  return (await ask<WorkflowsJson>("/api/workflows")).workflows;
}

const isOwn = async (name: string): Promise<boolean> =>
  !(await listWorkflows()).some((each) => each.name === name && each.owner === "shipped");

/** Save in the library; whether it worked. */
export async function saveAs(name: string): Promise<boolean> {
  const { workflow, saved } = useEditor.getState();
  try {
    await ask(`/api/workflows/${encodeURIComponent(name)}`, { method: "PUT", json: workflow });
  } catch (error) {
    tell(problemsOf(error));
    return false;
  }
  saved(name);
  toast.success(textNow().graph.files.saved(name));
  return true;
}

/** Show the workflow on the Restore page, which opens what the library has. */
export function openInRestore(): void {
  const go = () => goTo("restore", { workflow: useEditor.getState().name ?? "" });
  const { name, changed } = useEditor.getState();
  if (name !== null && !changed) go();
  else void save(go);
}

/** Tell problems in passing. */
export function tell(problems: readonly Problem[]): void {
  for (const { message, remedy } of problems) toast.error(message, remedy ? { description: remedy } : {});
}
