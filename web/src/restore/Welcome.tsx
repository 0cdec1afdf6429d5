import { ImagePlus, LockKeyhole } from "lucide-react";
import { useState } from "react";

import type { ProblemJson } from "../server/api";
import { problemsOf } from "../server/http";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Problems } from "../ui/Problems";
import { AddPhotos } from "./AddPhotos";
import { Example } from "./Example";
import { RecipeChoice } from "./RecipeChoice";
import { addSample } from "./uploads";
import styles from "./Welcome.module.css";

/** The page without a photo: one clear way in, and what can be done. */
export function Welcome() {
  const { restore } = useText();
  return (
    <div className={styles.welcome}>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.title}>{restore.title}</h1>
          <p className={styles.lead}>{restore.lead}</p>
          <div className={styles.ways}>
            <AddPhotos label={restore.choose} icon={<ImagePlus size={20} />} look="primary" className={styles.large} />
            <Sample />
          </div>
          <p className={styles.hint}>{restore.hint}</p>
          <p className={styles.private}>
            <LockKeyhole size={16} aria-hidden /> {restore.private}
          </p>
        </div>
        <Example />
      </section>
      <RecipeChoice look="large" />
    </div>
  );
}

function Sample() {
  const { restore } = useText();
  const [problems, setProblems] = useState<readonly ProblemJson[]>([]);
  const take = () => {
    setProblems([]);
    addSample().catch((error: unknown) => setProblems(problemsOf(error)));
  };
  return (
    <>
      <Button className={styles.large} onClick={take}>
        {restore.sample}
      </Button>
      <Problems problems={problems} />
    </>
  );
}
