import type { StepView } from "../server/messages";

export type Look = "idle" | "unneeded" | "waiting" | "running" | "kept" | "done" | "failed" | "blocked" | "leftOut";

/** What a step of a run looks like. */
export function lookOf(step: StepView | undefined): Look {
  if (!step) return "idle";
  if (step.state !== "waiting" && step.state !== "done") return step.state;
  if (step.action === "unneeded") return "unneeded";
  if (step.action === "left out") return "leftOut";
  if (step.state === "waiting") return "waiting";
  return step.action === "cached" ? "kept" : "done";
}
