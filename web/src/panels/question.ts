import { create } from "zustand";

import type { Workflow } from "../document/workflow";
import { missingModels } from "../runs/start";
import type { ModelJson } from "../server/api";

interface Question {
  readonly models: readonly ModelJson[];
  readonly answer: (go: boolean) => void;
}

interface QuestionState {
  readonly question: Question | null;
}

/** What AskModels shows. */
export const useQuestion = create<QuestionState>(() => ({ question: null }));

/**
 * Whether a run of this workflow, or only of some steps, may start: true once every model file that it uses is here.
 *
 * Where some are missing, the person is asked first, and waits here until they have come. The page must show AskModels.
 */
export async function askModels(workflow: Workflow, targets: readonly string[] | null = null): Promise<boolean> {
  const models = await missingModels(workflow, targets);
  if (!models.length) return true;
  return new Promise((resolve) => {
    useQuestion.getState().question?.answer(false);
    const answer = (go: boolean) => {
      useQuestion.setState({ question: null });
      resolve(go);
    };
    useQuestion.setState({ question: { models, answer } });
  });
}
