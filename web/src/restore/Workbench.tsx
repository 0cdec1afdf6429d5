import { useText } from "../text/language";
import { ActionBar } from "./ActionBar";
import { Controls } from "./Controls";
import { JobList } from "./JobList";
import { PhotoBar } from "./PhotoBar";
import { PhotoView } from "./PhotoView";
import { RecipeChoice } from "./RecipeChoice";
import { StepNotes } from "./StepNotes";
import { useRestore } from "./store";
import styles from "./Workbench.module.css";

/** The page with photos: what is seen on the left, what is done on the right; one above the other on a phone. */
export function Workbench() {
  const { restore } = useText();
  const jobs = useRestore((state) => state.jobs);
  const shownId = useRestore((state) => state.shown);
  const shown = jobs.find((job) => job.id === shownId) ?? jobs[0];
  if (!shown) return null;
  return (
    <div className={styles.workbench}>
      <h1 className="visually-hidden">{restore.title}</h1>
      <section className={styles.left} aria-label={shown.name}>
        <PhotoBar job={shown} />
        <PhotoView key={shown.id} job={shown} />
        {jobs.length > 1 && <JobList jobs={jobs} shown={shown.id} />}
      </section>
      <aside className={styles.right} aria-label={restore.settings.title}>
        <div className={styles.choices}>
          <RecipeChoice look="small" />
          <Controls />
          <StepNotes job={shown} />
        </div>
        <ActionBar jobs={jobs} shown={shown} />
      </aside>
    </div>
  );
}
