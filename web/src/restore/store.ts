import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

import { askModels } from "../panels/question";
import { cancelRun, startRun } from "../runs/start";
import { useCatalogue } from "../server/catalogue";
import { problemsOf } from "../server/http";
import { filled, NONE, withChoice, type Values } from "./choices";
import { isBusy, stateOf, wishOf, type Job } from "./job";
import type { RefusedFile } from "./photoFiles";
import { useRecipes } from "./recipes";

interface RestoreState {
  /** Photos in the order in which they came. */
  readonly jobs: readonly Job[];
  /** The id of the one on the easel. */
  readonly shown: string | null;
  /** The chosen workflow's name. */
  readonly recipe: string;
  readonly values: Readonly<Record<string, Values>>;
  /** Files that were not added. */
  readonly refused: readonly RefusedFile[];
  /** A start is on its way to the server. */
  readonly isStarting: boolean;

  /** All at once; the first of them goes onto the easel. */
  readonly addJobs: (jobs: readonly Job[]) => void;
  readonly change: (id: string, news: Partial<Job>) => void;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
  readonly show: (id: string) => void;
  readonly refuse: (files: readonly RefusedFile[]) => void;
  readonly choose: (recipe: string) => void;
  /** Set a control of the chosen recipe; `own` is the recipe's own value. */
  readonly setValue: (name: string, value: unknown, own: unknown) => void;
  readonly resetValues: () => void;
  /** Start a run for each of these photos, once the models are there that they need. */
  readonly restore: (ids: readonly string[]) => Promise<void>;
  /** End the runs of these photos. */
  readonly cancel: (ids: readonly string[]) => Promise<void>;
}

export const useRestore = create<RestoreState>()(
  persist(
    (set, get) => ({
      jobs: [],
      shown: null,
      recipe: "restore",
      values: {},
      refused: [],
      isStarting: false,

      addJobs: (added) =>
        set(({ jobs, shown }) => {
          // What was refused has been told; whoever goes on with another photo is done with it.
          const kept = added.length ? jobs.filter((job) => job.photo ?? !job.problems.length) : jobs;
          return { jobs: [...kept, ...added], shown: added[0]?.id ?? shown };
        }),
      change: (id, news) =>
        set(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...news } : job)) })),
      remove: (id) => set((state) => without(state, id)),
      clear: () => set({ jobs: [], shown: null, refused: [] }),
      show: (id) => set({ shown: id }),
      refuse: (files) => set({ refused: files }),
      choose: (recipe) => set({ recipe }),
      setValue: (name, value, own) =>
        set(({ recipe, values }) => ({
          values: { ...values, [recipe]: withChoice(values[recipe] ?? NONE, name, value, own) },
        })),
      resetValues: () => set(({ recipe, values }) => ({ values: { ...values, [recipe]: NONE } })),

      restore: async (ids) => {
        set({ isStarting: true });
        try {
          await restoreAll(ids);
        } catch (error) {
          for (const id of ids) get().change(id, { run: null, problems: problemsOf(error) });
        } finally {
          set({ isStarting: false });
        }
      },
      cancel: async (ids) => {
        const wish = wishNow();
        const busy = get().jobs.filter((job) => ids.includes(job.id) && isBusy(stateOf(job, wish)));
        // One that has ended meanwhile stays as it is; the websocket tells of the others.
        await Promise.allSettled(busy.flatMap(({ run }) => (run ? [cancelRun(run.id)] : [])));
      },
    }),
    {
      name: "heirloom-restore",
      storage: createJSONStorage(() => sessionStorage),
      // A file on its way cannot be kept.
      partialize: ({ jobs, shown, recipe, values }) => ({
        jobs: jobs.filter((job) => job.photo).map((job) => ({ ...job, local: "" })),
        shown,
        recipe,
        values,
      }),
    },
  ),
);

/** What the chosen recipe and its settings ask for. */
export function useWish(): string {
  return useRestore(({ recipe, values }) => wishOf(recipe, values[recipe] ?? NONE));
}

function wishNow(): string {
  const { recipe, values } = useRestore.getState();
  return wishOf(recipe, values[recipe] ?? NONE);
}

/** Throws what keeps all of them from starting; what is wrong with one alone is told at that one. */
async function restoreAll(ids: readonly string[]): Promise<void> {
  const { recipe, values, change } = useRestore.getState();
  const settings = values[recipe] ?? NONE;
  await useRecipes.getState().open(recipe);
  const workflow = useRecipes.getState().workflows[recipe];
  const { catalogue } = useCatalogue.getState();
  const answer = workflow && catalogue ? await askModels(filled(workflow, catalogue, settings)) : "whole";
  if (!answer) return;
  for (const id of ids) {
    const photo = useRestore.getState().jobs.find((job) => job.id === id)?.photo;
    if (!photo) continue;
    try {
      const run = await startRun({ workflow: recipe, photo: photo.setting, settings, download: answer === "whole" });
      change(id, { run, wish: wishOf(recipe, settings), problems: [] });
    } catch (error) {
      change(id, { run: null, problems: problemsOf(error) });
    }
  }
}

function without({ jobs, shown }: RestoreState, id: string): Pick<RestoreState, "jobs" | "shown"> {
  const place = jobs.findIndex((job) => job.id === id);
  const left = jobs.filter((job) => job.id !== id);
  return { jobs: left, shown: shown === id ? ((left[place] ?? left.at(-1))?.id ?? null) : shown };
}
