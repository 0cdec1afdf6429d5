import { toast } from "sonner";

import { keepDraft, keptDraft, windowId } from "../document/draft";
import type { Workflow } from "../document/workflow";
import { ask } from "../server/http";
import { textNow } from "../text/language";
import { listWorkflows } from "./chrome/files/files";
import { usePanels } from "./chrome/panels";
import { useEditor } from "./editor";
import { readPast } from "./pastRun";
import { isLiveRun } from "./shown";

/** What somebody sees who opens the graph for the first time. */
const FIRST = "restore";

/** What the page's address asks for: a workflow of the library, or a run with its workflow, photo and results. */
export interface Wanted {
  readonly workflow?: string | undefined;
  readonly run?: string | undefined;
}

/** Open what is wanted; without a wish what was open last, or the first template. */
export async function open({ workflow, run }: Wanted): Promise<void> {
  const isWished = workflow !== undefined || run !== undefined;
  if (!useEditor.getState().opened) await openLast(isWished);
  try {
    if (run !== undefined) await openRun(run);
    else if (workflow !== undefined) await openNamed(workflow);
  } finally {
    // Whatever went wrong, there is something to work with.
    if (isWished && !useEditor.getState().opened) await openLast(false);
  }
}

async function openRun(id: string): Promise<void> {
  const [workflow, run] = await Promise.all([ask<Workflow>(`/api/runs/${id}/workflow`), readPast(id)]);
  whenFree(() => {
    const editor = useEditor.getState();
    editor.open(workflow);
    editor.setPhoto(run.photo);
    editor.showRun(id);
  });
}

/** What comes with the program is a template: what is made of it has no name yet. */
async function openNamed(name: string): Promise<void> {
  const [workflow, all] = await Promise.all([named(name), listWorkflows()]);
  const isOwn = all.some((each) => each.name === name && each.owner === "own");
  whenFree(() => useEditor.getState().open(workflow, isOwn ? name : null));
}

/** At once, or after a word where changes would be lost that nobody saved. */
function whenFree(show: () => void): void {
  if (useEditor.getState().changed) usePanels.getState().setReplacing(show);
  else show();
}

/** What was open last. Where something else is wished for, only what would be lost. */
async function openLast(isWished: boolean): Promise<void> {
  const draft = keptDraft(thisWindow());
  const { open: show, setPhoto, showRun, setLive } = useEditor.getState();
  if (draft && (draft.changed || !isWished)) {
    show(draft.workflow, draft.name, draft.changed);
    const { photo, run, live } = shownBefore();
    setPhoto(photo);
    showRun(run);
    await setLive(live);
  } else if (!isWished) show(await named(FIRST));
}

const named = (name: string): Promise<Workflow> => ask(`/api/workflows/${encodeURIComponent(name)}`);

let id: string | undefined;
const thisWindow = (): string => (id ??= windowId());

/** Which photo this window showed, and its run: a reload shows them again. */
const SHOWN = "heirloom-graph-shown";

interface Shown {
  readonly photo: string;
  readonly run: string | null;
  readonly live: boolean;
}

function shownBefore(): Shown {
  const text = sessionStorage.getItem(SHOWN);
  return text ? (JSON.parse(text) as Shown) : { photo: "", run: null, live: false };
}

/** What is kept of the editor's state. */
const KEPT = ["workflow", "name", "changed", "photo", "run", "live"] as const;

/** Milliseconds after the last change. */
const PATIENCE = 400;

/** Keeps the open document safe in the browser. Returns what ends that. */
export function keepDrafts(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  const keep = () => {
    clearTimeout(timer);
    const { workflow, name, changed, opened, photo, run, live } = useEditor.getState();
    if (!opened) return;
    const ofQueue = run !== null && isLiveRun(run) ? null : run;
    sessionStorage.setItem(SHOWN, JSON.stringify({ photo, run: ofQueue, live } satisfies Shown));
    const isKept = keepDraft(thisWindow(), { workflow, name, changed, kept: Date.now() });
    if (!isKept && !told) toast.warning(textNow().graph.canvas.notKept);
    told = !isKept;
  };
  const end = useEditor.subscribe((now, before) => {
    if (!KEPT.some((part) => now[part] !== before[part])) return;
    clearTimeout(timer);
    timer = setTimeout(keep, PATIENCE);
  });
  window.addEventListener("pagehide", keep);
  return () => {
    keep();
    end();
    window.removeEventListener("pagehide", keep);
  };
}
