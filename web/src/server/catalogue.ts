import { create } from "zustand";

import type { KindJson, NodeJson, NodesJson, ProblemJson } from "./api";
import { ask, problemsOf } from "./http";

/** What workflows are made of. The server is the only one who knows; the page learns it once. */
export interface Catalogue {
  readonly nodes: ReadonlyMap<string, NodeJson>;
  readonly kinds: ReadonlyMap<string, KindJson>;
  /** Of nodes that the server refused at its start. */
  readonly problems: readonly ProblemJson[];
}

interface CatalogueState {
  readonly catalogue: Catalogue | null;
  /** Why there is none. */
  readonly problems: readonly ProblemJson[];
  /** Ask for it, unless it is there. */
  readonly load: () => Promise<void>;
}

export const useCatalogue = create<CatalogueState>((set, get) => ({
  catalogue: null,
  problems: [],
  load: async () => {
    if (get().catalogue) return;
    try {
      const [{ nodes, problems }, { kinds }] = await Promise.all([
        ask<NodesJson>("/api/nodes"),
        ask<{ readonly kinds: readonly KindJson[] }>("/api/kinds"),
      ]);
      set({ catalogue: catalogueOf(nodes, kinds, problems), problems: [] });
    } catch (error) {
      set({ problems: problemsOf(error) });
    }
  },
}));

export const catalogueOf = (
  nodes: readonly NodeJson[],
  kinds: readonly KindJson[],
  problems: readonly ProblemJson[] = [],
): Catalogue => ({
  nodes: new Map(nodes.map((node) => [node.id, node])),
  kinds: new Map(kinds.map((kind) => [kind.name, kind])),
  problems,
});
