import { useShownStep } from "../graph/shown";
import type { StepView } from "../server/messages";
import type { Text } from "../text/en";
import { useLanguage, useServed, useText } from "../text/language";
import { Progress } from "../ui/Progress";
import { durationOf } from "./duration";
import { STATE } from "./layout";
import { lookOf } from "./state";
import { StateBadge } from "./StateBadge";
import styles from "./StateLine.module.css";

interface StateLineProps {
  readonly id: string;
  readonly bypassed: boolean;
}

/** How a node's step stands, in words. What went wrong stands below the card, so that the card keeps its size. */
export function StateLine({ id, bypassed }: StateLineProps) {
  const step = useShownStep(id);
  const text = useText().node;
  const language = useLanguage((state) => state.language);
  const served = useServed();
  const look = bypassed ? "idle" : lookOf(step);
  const words = bypassed ? text.bypassed : wordsOf(step, text, language);
  const notes = look === "done" || look === "kept" ? (step?.notes ?? []).map(served) : [];
  return (
    <div className={styles.state} style={{ height: STATE }} data-look={look} title={bypassed ? text.bypassedWhy : whyOf(step, text, served)}>
      {!bypassed && <StateBadge id={id} />}
      <span className={styles.words}>{[words, ...notes].join(" · ")}</span>
      {look === "running" && <Progress share={step?.fraction || null} label={text.progress(id)} />}
      {step && (look === "failed" || look === "blocked") && (
        <div className={styles.trouble} role={look === "failed" ? "alert" : "note"}>
          <p>{look === "blocked" ? text.blockedBy(step.by) : served(step.message)}</p>
          {step.remedy && <p className={styles.remedy}>{served(step.remedy)}</p>}
        </div>
      )}
      {!bypassed && step?.fallback && look !== "failed" && look !== "blocked" && (
        <div className={styles.trouble} data-mild role="note">
          <p>{look === "leftOut" ? text.leftOutWhy : text.simplerWhy}</p>
          <p className={styles.remedy}>{step.fallback}</p>
        </div>
      )}
    </div>
  );
}

function wordsOf(step: StepView | undefined, text: Text["node"], language: string): string {
  const look = lookOf(step);
  if (!step || look === "idle") return "";
  if (look === "running" && step.fraction > 0) return text.share(Math.round(step.fraction * 100));
  return look === "done" && step.seconds !== null ? durationOf(step.seconds, text, language) : text.states[look];
}

function whyOf(step: StepView | undefined, text: Text["node"], served: (words: string) => string): string | undefined {
  if (!step || step.action === "unneeded") return undefined;
  if (step.action === "left out") return text.leftOutWhy;
  return step.action === "cached" ? text.keptWhy : text.runWhy(served(step.why));
}
