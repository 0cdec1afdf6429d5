import { create } from "zustand";

import type { Workflow } from "../document/workflow";
import { lackOf, type Lack } from "../runs/start";

/** With all models, without those that are not here, or not at all. */
export type Answer = "whole" | "without" | null;

interface Question {
  readonly lack: Lack;
  readonly answer: (answer: Answer) => void;
}

interface QuestionState {
  readonly question: Question | null;
}

/** What AskModels shows. */
export const useQuestion = create<QuestionState>(() => ({ question: null }));

/**
 * How a run of this workflow, or only of some steps, may start: whole once every model file that it uses is here.
 *
 * Where some are missing, the person is asked first, and waits here until they have come. The page must show AskModels.
 */
export async function askModels(workflow: Workflow, targets: readonly string[] | null = null): Promise<Answer> {
  const lack = await lackOf(workflow, targets);
  if (!lack.models.length) return "whole";
  return new Promise((resolve) => {
    useQuestion.getState().question?.answer(null);
    const answer = (given: Answer) => {
      useQuestion.setState({ question: null });
      resolve(given);
    };
    useQuestion.setState({ question: { lack, answer } });
  });
}
