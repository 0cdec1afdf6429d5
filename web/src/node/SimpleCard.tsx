import { useEditor } from "../graph/editor";
import { useShownStep } from "../graph/shown";
import { useCatalogue } from "../server/catalogue";
import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import type { CardProps } from "./NodeCard";
import styles from "./SimpleCard.module.css";
import { lookOf } from "./state";
import { tintOf } from "./tint";

/** A card where it is too small to read: its title, its family's colour, and how it stands; while it works, what it has so far. As large as its place. */
export function SimpleCard({ id, selected }: CardProps) {
  const box = useEditor((state) => state.workflow.nodes[id]);
  const node = useCatalogue((state) => state.catalogue?.nodes.get(box?.type ?? ""));
  const step = useShownStep(id);
  const text = useText().node;
  const served = useServed();
  const title = node ? served(node.title) : (box?.type ?? "");
  return (
    <div
      className={classes(styles.card, selected && styles.selected, box?.bypass && styles.bypassed)}
      style={{ background: node && !box?.bypass ? tintOf(node.family) : undefined }}
      data-look={lookOf(step)}
    >
      {title}
      {step?.sketch && <img src={step.sketch} alt={text.takingShape(title)} className={styles.sketch} />}
    </div>
  );
}
