import { parentsOf, reach } from "../document/wiring";
import type { Place, Workflow } from "../document/workflow";
import type { Run } from "../runs/reduce";
import type { StepPicture } from "../viewer/picture";

interface Looked {
  readonly nodes: Workflow["nodes"];
  readonly ids: ReadonlySet<string>;
}

/** All cards ask the same of the same run: it is answered once. */
const looked = new WeakMap<Run["steps"], Looked>();

/**
 * The steps whose results can be looked at: those that are done, and what these came from. A run does not need the
 * latter where the former were kept, and yet they were made once, and most often are kept, too.
 */
export function atHand(workflow: Workflow, run: Run): ReadonlySet<string> {
  const known = looked.get(run.steps);
  if (known?.nodes === workflow.nodes) return known.ids;
  const done = Object.values(run.steps).filter(({ state }) => state === "done");
  const ids = reach(
    done.map(({ id }) => id),
    // A bypassed step makes nothing, but what it passes on was made.
    (id) =>
      parentsOf(workflow, id).filter(
        (parent) => run.steps[parent]?.action === "unneeded" || isPassedBy(workflow, run, parent),
      ),
  );
  looked.set(run.steps, { nodes: workflow.nodes, ids });
  return ids;
}

const isPassedBy = (workflow: Workflow, run: Run, id: string): boolean =>
  workflow.nodes[id]?.bypass === true || run.steps[id]?.action === "left out";

/** What a place shows in a run; null while it shows nothing. An empty port is the first. */
export function resultAt(workflow: Workflow, run: Run | undefined, place: Place | null | undefined): StepPicture | null {
  if (!run || !place || !atHand(workflow, run).has(place[0])) return null;
  const key = run.steps[place[0]]?.key;
  return key ? { key, ...(place[1] && { output: place[1] }) } : null;
}
