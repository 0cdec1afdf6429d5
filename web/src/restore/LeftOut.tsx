import { useStepTitle } from "../panels/stepTitle";
import { idOf, useRunSteps, useRunWorkflow } from "../panels/story";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { hasResult, type Job } from "./job";
import styles from "./LeftOut.module.css";
import { useRestore } from "./store";

/** What a result lacks because model files were not here, and the way to have it after all. */
export function LeftOut({ job }: { readonly job: Job }) {
  const { steps: words } = useText().restore;
  const restore = useRestore((state) => state.restore);
  const id = hasResult(job) ? (job.run?.id ?? null) : null;
  const steps = useRunSteps(id).filter(({ fallback }) => fallback);
  const title = useStepTitle(useRunWorkflow(id));
  if (!steps.length) return null;
  const titles = (isOut: boolean) => {
    const some = steps.filter(({ action }) => (action === "left out") === isOut).map((step) => title(idOf(step)));
    return [...new Set(some)].join(", ");
  };
  const [leftOut, simpler] = [titles(true), titles(false)];
  return (
    <div className={styles.leftOut} role="note">
      {leftOut && <p>{words.leftOut(leftOut)}</p>}
      {simpler && <p>{words.simpler(simpler)}</p>}
      <Button onClick={() => void restore([job.id])}>{words.complete}</Button>
    </div>
  );
}
