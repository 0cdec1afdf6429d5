import { useEffect } from "react";
import { create } from "zustand";

import { setBypass } from "../document/edits";
import { pastBypassed } from "../document/passing";
import type { Workflow } from "../document/workflow";
import { endsOf } from "../runs/start";
import { useRun } from "../runs/store";
import type { StepJson, WholeRunJson } from "../server/api";
import { useCatalogue } from "../server/catalogue";
import { ask, Refused } from "../server/http";
import type { StepView } from "../server/messages";
import type { Picture } from "../viewer/picture";

/** What the server's history knows of a run. */
interface StoriesState {
  /** Ended runs with their steps; null for one that is in the history no more. */
  readonly wholes: Readonly<Record<string, WholeRunJson | null>>;
  readonly workflows: Readonly<Record<string, Workflow | null>>;
}

/** What does not change any more is read once. */
const useStories = create<StoriesState>(() => ({ wholes: {}, workflows: {} }));

const asked = new Set<string>();

/** Read once; what the server does not have is null. A server that is away is asked again by the next who wants it. */
async function readOnce(address: string, read: () => Promise<void>, gone: () => void): Promise<void> {
  if (asked.has(address)) return;
  asked.add(address);
  try {
    await read();
  } catch (error) {
    if (error instanceof Refused && error.status === 404) gone();
    else asked.delete(address);
  }
}

const keepWhole = (id: string, whole: WholeRunJson | null): void =>
  useStories.setState(({ wholes }) => ({ wholes: { ...wholes, [id]: whole } }));

const keepWorkflow = (id: string, workflow: Workflow | null): void =>
  useStories.setState(({ workflows }) => ({ workflows: { ...workflows, [id]: workflow } }));

function readWhole(id: string): Promise<void> {
  const address = `/api/runs/${id}`;
  return readOnce(
    address,
    async () => keepWhole(id, await ask<WholeRunJson>(address)),
    () => keepWhole(id, null),
  );
}

function readWorkflow(id: string): Promise<void> {
  const address = `/api/runs/${id}/workflow`;
  return readOnce(
    address,
    async () => keepWorkflow(id, await ask<Workflow>(address)),
    () => keepWorkflow(id, null),
  );
}

export type Step = StepView | StepJson;

/** The workflow of a run, as it was given it; undefined until it is read, null where it is gone. */
export function useRunWorkflow(id: string | null): Workflow | null | undefined {
  useEffect(() => {
    if (id) void readWorkflow(id);
  }, [id]);
  return useStories((state) => (id ? state.workflows[id] : undefined));
}

const NO_STEPS: readonly Step[] = [];

/** A run's steps in their order: as they happen, or as the history has them. */
export function useRunSteps(id: string | null): readonly Step[] {
  const run = useRun(id);
  const whole = useStories((state) => (id ? state.wholes[id] : undefined));
  const live = run && Object.keys(run.steps).length > 0 ? run : undefined;
  const isOver = !live && run?.record.state !== "queued" && run?.record.state !== "running";
  useEffect(() => {
    if (id && isOver) void readWhole(id);
  }, [id, isOver]);
  return live ? Object.values(live.steps) : (whole?.steps ?? NO_STEPS);
}

/** What before and after compare; null for what is not there yet, or not any more. */
export interface Ends {
  readonly before: Picture | null;
  readonly after: Picture | null;
}

export function useRunEnds(id: string | null): Ends {
  const workflow = useRunWorkflow(id);
  const steps = useRunSteps(id);
  const catalogue = useCatalogue((state) => state.catalogue);
  if (!workflow) return { before: null, after: null };
  const { before, after } = endsOf(workflow);
  const ran = withoutLeftOut(workflow, steps);
  const made = after && catalogue ? pastBypassed(ran, catalogue, after) : after;
  return { before: pictureAt(steps, before), after: pictureAt(steps, made) };
}

/** The workflow as it ran: what was left out passes on what came in. */
const withoutLeftOut = (workflow: Workflow, steps: readonly Step[]): Workflow =>
  setBypass(workflow, steps.filter(({ action }) => action === "left out").map(idOf), true);

function pictureAt(steps: readonly Step[], place: readonly [string, string] | null): Picture | null {
  if (!place) return null;
  const [id, output] = place;
  const step = steps.find((each) => idOf(each) === id);
  return step?.key && step.state === "done" ? { key: step.key, output } : null;
}

export const idOf = (step: Step): string => ("id" in step ? step.id : step.step);
