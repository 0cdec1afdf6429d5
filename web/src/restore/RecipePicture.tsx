import { ImageIcon } from "lucide-react";
import { useState } from "react";

import { recipePictureUrl } from "../server/addresses";
import type { WorkflowJson } from "../server/api";
import { classes } from "../ui/classes";
import styles from "./RecipePicture.module.css";

interface RecipePictureProps {
  readonly recipe: WorkflowJson;
  /** Where before ends and after begins, 0..1 of the width. */
  readonly split?: number;
  readonly className?: string | undefined;
}

/** What a recipe does to a photo, before on the left and after on the right; a drawing where it has no pictures. */
export function RecipePicture({ recipe, split = 0.5, className }: RecipePictureProps) {
  const [isBroken, setBroken] = useState(false);
  const fail = () => setBroken(true);
  if (!recipe.pictures || isBroken)
    return (
      <span className={classes(styles.picture, styles.drawing, className)} aria-hidden>
        <ImageIcon strokeWidth={1.25} />
      </span>
    );
  return (
    <span
      className={classes(styles.picture, className)}
      style={{ "--split": `${split * 100}%` } as React.CSSProperties}
      aria-hidden
    >
      <img src={recipePictureUrl(recipe.name, "before")} alt="" draggable={false} onError={fail} />
      <img src={recipePictureUrl(recipe.name, "after")} alt="" draggable={false} onError={fail} className={styles.after} />
      <span className={styles.line} />
    </span>
  );
}
