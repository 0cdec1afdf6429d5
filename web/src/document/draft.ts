import { workflowIn } from "./reading";
import type { Workflow } from "./workflow";

/** The open document, kept while somebody works on it. */
export interface Draft {
  readonly workflow: Workflow;
  /** Its name in the library. */
  readonly name: string | null;
  /** Whether it differs from what was opened or saved. */
  readonly changed: boolean;
  /** Milliseconds since the epoch. */
  readonly kept: number;
}

const PREFIX = "heirloom-draft:";

/** Of windows that are long gone; more than these are forgotten. */
const MOST_DRAFTS = 8;

const WINDOW = "heirloom-window";

/**
 * The id of this window. It is handed from page to page of a window through a reload; it is taken out meanwhile, so
 * that a window made by duplicating this one begins with another.
 */
export function windowId(session: Storage = sessionStorage, page: EventTarget = window): string {
  const id = session.getItem(WINDOW) ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
  session.removeItem(WINDOW);
  page.addEventListener("pagehide", () => session.setItem(WINDOW, id));
  return id;
}

/** Keep a window's document. False where the browser has no room for it: then nothing is lost but the safety. */
export function keepDraft(id: string, draft: Draft, storage: Storage = localStorage): boolean {
  const text = JSON.stringify(draft);
  forgetOld(storage, id, MOST_DRAFTS - 1);
  if (store(storage, id, text)) return true;
  forgetOld(storage, id, 0);
  return store(storage, id, text);
}

function store(storage: Storage, id: string, text: string): boolean {
  try {
    storage.setItem(PREFIX + id, text);
    return true;
  } catch {
    // The only way to hear that the browser's room is used up.
    return false;
  }
}

/** What this window worked on last, or else what any window did: so nothing is lost in a crash. */
export const keptDraft = (id: string, storage: Storage = localStorage): Draft | null =>
  draftAt(storage, PREFIX + id) ?? drafts(storage)[0]?.draft ?? null;

export const forgetDraft = (id: string, storage: Storage = localStorage): void => storage.removeItem(PREFIX + id);

function forgetOld(storage: Storage, id: string, most: number): void {
  const others = drafts(storage).filter(({ key }) => key !== PREFIX + id);
  for (const { key } of others.slice(most)) storage.removeItem(key);
}

/** All that can be read, the latest first. */
function drafts(storage: Storage): readonly { readonly key: string; readonly draft: Draft }[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  return keys
    .filter((key) => key.startsWith(PREFIX))
    .flatMap((key) => {
      const draft = draftAt(storage, key);
      return draft ? [{ key, draft }] : [];
    })
    .sort((one, other) => other.draft.kept - one.draft.kept);
}

function draftAt(storage: Storage, key: string): Draft | null {
  try {
    const found = JSON.parse(storage.getItem(key) ?? "null") as Partial<Draft> | null;
    const read = workflowIn(found?.workflow);
    if (!found || !("workflow" in read)) return null;
    return {
      workflow: read.workflow,
      name: typeof found.name === "string" ? found.name : null,
      changed: found.changed === true,
      kept: typeof found.kept === "number" ? found.kept : 0,
    };
  } catch {
    // Half a text, from a crash while it was written: as good as none.
    return null;
  }
}
