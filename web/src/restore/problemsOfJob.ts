import type { ProblemJson } from "../server/api";
import type { Job } from "./job";

/** What is wrong with a photo: why it could not be added or started, or why its run failed. */
export function problemsOfJob({ problems, run }: Job): readonly ProblemJson[] {
  if (problems.length || run?.state !== "failed") return problems;
  // The record's problems have the shape of all problems; which step it was says nothing to people without a graph.
  return run.problems.map((problem) => ({ message: textOf(problem["message"]), remedy: textOf(problem["remedy"]) }));
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
