import type { StepView } from "../server/messages";

/** How far a run is. */
export interface RunProgress {
  /** The step that works, or the last that did. */
  readonly step: string;
  /** Which of the steps that must run it is, from 1. */
  readonly now: number;
  readonly all: number;
  /** 0..1 of all steps, as if each took as long. */
  readonly share: number;
}

/** null before the plan is known, and where nothing has to run. */
export function progressOf(steps: readonly StepView[]): RunProgress | null {
  const own = steps.filter((step) => step.action === "run");
  if (!own.length) return null;
  const ended = own.filter((step) => step.state !== "waiting" && step.state !== "running");
  const running = own.find((step) => step.state === "running") ?? ended.at(-1);
  const done = own.reduce((sum, step) => sum + partOf(step), 0);
  return {
    step: running?.id ?? own[0]?.id ?? "",
    now: Math.min(own.length, ended.length + 1),
    all: own.length,
    share: done / own.length,
  };
}

const partOf = (step: StepView): number =>
  step.state === "running" ? step.fraction : step.state === "waiting" ? 0 : 1;
