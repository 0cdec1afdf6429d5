import { idOf, useRunSteps, useRunWorkflow, type Step } from "../panels/story";
import { useFigures } from "../text/figures";
import { useStepTitle } from "../panels/stepTitle";
import { useText } from "../text/language";
import { hasResult, type Job } from "./job";
import styles from "./StepNotes.module.css";

/** What was done to the photo, and what the steps have to say of it. */
export function StepNotes({ job }: { readonly job: Job }) {
  const { restore } = useText();
  const id = hasResult(job) ? (job.run?.id ?? null) : null;
  const steps = useRunSteps(id).filter((step) => step.action !== "unneeded");
  const title = useStepTitle(useRunWorkflow(id));
  if (!id || !steps.length) return null;
  return (
    <details className={styles.notes} onToggle={(event) => event.currentTarget.scrollIntoView({ block: "nearest" })}>
      <summary>{restore.steps.title}</summary>
      <ol className={styles.list}>
        {steps.map((step) => (
          <StepNote key={idOf(step)} step={step} title={title(idOf(step))} />
        ))}
      </ol>
    </details>
  );
}

function StepNote({ step, title }: { readonly step: Step; readonly title: string }) {
  const { restore } = useText();
  const { seconds } = useFigures();
  return (
    <li>
      <p className={styles.step}>
        <span>{title}</span>
        <span className={styles.time}>
          {step.action === "cached" ? restore.steps.cached : step.seconds !== null && seconds(step.seconds)}
        </span>
      </p>
      {step.fallback && <p className={styles.note}>{step.fallback}</p>}
      {step.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </li>
  );
}
