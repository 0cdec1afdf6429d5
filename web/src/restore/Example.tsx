import sample from "../../../workflows/sample.jpg?url";

import { useState } from "react";

import { useText } from "../text/language";
import { RecipePicture } from "./RecipePicture";
import { useRecipes } from "./recipes";
import styles from "./Example.module.css";

/** A photo before and after in a frame, with a line to draw across it: what this page is for, without words. */
export function Example() {
  const { restore } = useText();
  const recipe = useRecipes((state) => state.recipes?.find((each) => each.pictures));
  const [split, setSplit] = useState(50);
  return (
    <div className={styles.frame}>
      {!recipe && <img src={sample} alt="" className={styles.picture} />}
      {recipe && (
        <>
          <RecipePicture recipe={recipe} split={split / 100} className={styles.picture} />
          <span className={styles.before} aria-hidden>
            {restore.before}
          </span>
          <span className={styles.after} aria-hidden>
            {restore.after}
          </span>
          <input
            type="range"
            min={0}
            max={100}
            // The line stands where before ends.
            value={split}
            aria-label={restore.splitLabel}
            className={styles.slider}
            onChange={(event) => setSplit(event.currentTarget.valueAsNumber)}
          />
        </>
      )}
    </div>
  );
}
