import { create } from "zustand";

import type { Workflow } from "../document/workflow";
import type { ProblemJson, WorkflowJson, WorkflowsJson } from "../server/api";
import { ask, problemsOf } from "../server/http";

interface RecipesState {
  /** Shipped ones first; null before they are known. */
  readonly recipes: readonly WorkflowJson[] | null;
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** Why something could not be read. */
  readonly problems: readonly ProblemJson[];
  readonly load: () => Promise<void>;
  /** Read a recipe's workflow, once for each visit of the page. */
  readonly open: (name: string) => Promise<void>;
}

export const useRecipes = create<RecipesState>((set, get) => ({
  recipes: null,
  workflows: {},
  problems: [],
  load: async () => {
    try {
      const { workflows } = await ask<WorkflowsJson>("/api/workflows");
      // People's own may have changed since.
      set({ recipes: inOrder(workflows), workflows: {}, problems: [] });
    } catch (error) {
      set({ problems: problemsOf(error) });
    }
  },
  open: async (name) => {
    if (get().workflows[name]) return;
    try {
      const workflow = await ask<Workflow>(`/api/workflows/${encodeURIComponent(name)}`);
      set((state) => ({ workflows: { ...state.workflows, [name]: workflow }, problems: [] }));
    } catch (error) {
      set({ problems: problemsOf(error) });
    }
  },
}));

/** What a newcomer most likely wants stands first; then as the names go; people's own after the shipped ones. */
const FIRST = [
  "restore",
  "restore-full",
  "colourise",
  "faces",
  "upscale",
  "fade",
  "portrait-new-background",
  "background-from-words",
  "fill-gaps",
  "scratches-only",
  "cut-out",
  "negative-to-positive",
  "batch-archive",
  "compare-methods",
];

export function inOrder(recipes: readonly WorkflowJson[]): readonly WorkflowJson[] {
  const rank = ({ name, owner }: WorkflowJson): number => {
    const place = FIRST.indexOf(name);
    return owner === "own" ? FIRST.length + 1 : place < 0 ? FIRST.length : place;
  };
  return [...recipes].sort((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title));
}
