import type { Run, Runs } from "../runs/reduce";
import { useRuns } from "../runs/store";
import type { WholeRunJson } from "../server/api";
import { ask } from "../server/http";
import type { StepView } from "../server/messages";

/** The steps of a run that has ended long ago: the server's history has them, the websocket does not tell of them. */
export async function readPast(id: string): Promise<WholeRunJson> {
  const whole = await ask<WholeRunJson>(`/api/runs/${id}`);
  useRuns.setState((state) => withPast(state, whole));
  return whole;
}

/** Whether the websocket has not told what became of its steps. */
export const isUnread = (run: Run | undefined): boolean =>
  !run || (run.record.state !== "queued" && run.record.state !== "running" && !Object.keys(run.steps).length);

/** What the websocket has told of the run is newer, and stays. */
export function withPast(state: Runs, { steps, ...record }: WholeRunJson): Pick<Runs, "runs"> {
  const known = state.runs[record.id];
  if (known && Object.keys(known.steps).length) return { runs: state.runs };
  const run: Run = { record, warnings: [], fetching: [], ...known, steps: Object.fromEntries(steps.map(viewOf)) };
  return { runs: { ...state.runs, [record.id]: run } };
}

function viewOf(step: WholeRunJson["steps"][number]): readonly [string, StepView] {
  const { step: id, ...rest } = step;
  const fraction = rest.state === "done" ? 1 : 0;
  return [id, { ...rest, id, fraction, by: "", sketch: "" } as StepView];
}
