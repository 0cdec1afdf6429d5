import { create } from "zustand";

import type { ModelJson, ModelsJson, ProblemJson } from "./api";
import { ask, problemsOf } from "./http";

interface ModelsState {
  /** By name; null until they are known. */
  readonly models: ReadonlyMap<string, ModelJson> | null;
  readonly problems: readonly ProblemJson[];
  readonly load: () => Promise<void>;
}

/** Every model file there is, here or not. */
export const useModels = create<ModelsState>((set) => ({
  models: null,
  problems: [],
  load: async () => {
    try {
      const { models } = await ask<ModelsJson>("/api/models");
      set({ models: new Map(models.map((model) => [model.name, model])), problems: [] });
    } catch (error) {
      set({ problems: problemsOf(error) });
    }
  },
}));
