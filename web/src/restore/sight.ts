import type { Workflow } from "../document/workflow";
import { beforePicture } from "../panels/photo";
import { idOf, useRunEnds, useRunSteps, useRunWorkflow, type Ends, type Step } from "../panels/story";
import { useCatalogue, type Catalogue } from "../server/catalogue";
import type { Picture } from "../viewer/picture";
import type { Job } from "./job";

/** What is to be seen of a photo: itself, and as `after` its result, or what has become of it so far. */
export function useSight(job: Job): Ends {
  const id = job.run?.id ?? null;
  const ends = useRunEnds(id);
  const steps = useRunSteps(id);
  const workflow = useRunWorkflow(id);
  const catalogue = useCatalogue((state) => state.catalogue);
  const photo = photoOf(job);
  if (!job.run || !workflow || !catalogue) return { before: photo, after: null };
  return { before: beforePicture(job.run.photo, ends.before) ?? photo, after: ends.after ?? latestPicture(steps, workflow, catalogue) };
}

/** The picture of the photo itself; null while it is on its way and this browser cannot show its format. */
function photoOf({ photo, local }: Job): Picture | null {
  if (photo) return { photo: photo.sha256 };
  return local ? { url: local } : null;
}

/** The last step that has made a picture; masks are no sight for this page. */
export function latestPicture(steps: readonly Step[], workflow: Workflow, catalogue: Catalogue): Picture | null {
  const made = steps.flatMap((step) => {
    const id = idOf(step);
    const box = workflow.nodes[id];
    const [output, port] = Object.entries(catalogue.nodes.get(box?.type ?? "")?.outputs ?? {})[0] ?? [];
    const isPicture = step.state === "done" && step.key && port?.kind === "image" && id !== workflow.input?.[0];
    return isPicture && output ? [{ key: step.key, output }] : [];
  });
  return made.at(-1) ?? null;
}
