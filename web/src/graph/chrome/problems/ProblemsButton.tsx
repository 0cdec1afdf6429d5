import { CircleCheck, TriangleAlert } from "lucide-react";

import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { usePanels } from "../panels";
import { useGraphProblems } from "./problems";
import styles from "./ProblemsButton.module.css";

/** How many problems the workflow has; opens their list. */
export function ProblemsButton() {
  const { problems: text } = useText().graph;
  const count = useGraphProblems()?.length ?? 0;
  const open = usePanels((state) => state.side === "problems");
  const toggle = usePanels((state) => state.toggleSide);
  return (
    <Button
      look="quiet"
      className={count ? styles.some : styles.none}
      aria-pressed={open}
      aria-label={count ? text.count(count) : text.none}
      title={count ? text.count(count) : text.none}
      icon={count ? <TriangleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
      onClick={() => toggle("problems")}
    >
      <span className={styles.count}>{count || ""}</span>
    </Button>
  );
}
