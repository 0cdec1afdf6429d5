import { useEffect } from "react";
import { create } from "zustand";

import { useRuns } from "../runs/store";
import type { ModelJson, ProblemJson } from "../server/api";
import { ask, problemsOf } from "../server/http";

interface ModelsState {
  /** By name; null until they are known. */
  readonly models: ReadonlyMap<string, ModelJson> | null;
  readonly problems: readonly ProblemJson[];
  readonly load: () => Promise<void>;
}

/** The model files that settings can name. */
export const useModels = create<ModelsState>((set) => ({
  models: null,
  problems: [],
  load: async () => {
    try {
      const { models } = await ask<{ readonly models: readonly ModelJson[] }>("/api/models");
      set({ models: new Map(models.map((model) => [model.name, model])), problems: [] });
    } catch (error) {
      set({ problems: problemsOf(error) });
    }
  },
}));

let isFollowing = false;

/** Asks once, and again whenever a file has come in. */
function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  void useModels.getState().load();
  useRuns.subscribe(({ downloads }, before) => {
    const came = Object.values(downloads).some(
      ({ name, state }) => state === "done" && before.downloads[name]?.state !== "done",
    );
    if (came) void useModels.getState().load();
  });
}

/** One model; undefined while nothing is known of it. */
export function useModel(name: string): ModelJson | undefined {
  useEffect(follow, []);
  return useModels((state) => state.models?.get(name));
}
