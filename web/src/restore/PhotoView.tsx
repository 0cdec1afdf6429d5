import { ImageOff, LoaderCircle } from "lucide-react";
import { lazy, Suspense } from "react";

import { useText } from "../text/language";
import { smallUrl, type Picture } from "../viewer/picture";
import type { Job } from "./job";
import styles from "./PhotoView.module.css";
import { useSight } from "./sight";

/** Only who has a photo needs the viewer. */
const Compare = lazy(() => import("../viewer/Compare").then(({ Compare }) => ({ default: Compare })));

/** The photo, what has become of it so far, and in the end both to compare. */
export function PhotoView({ job }: { readonly job: Job }) {
  const { before, after } = useSight(job);
  if (!before) return <Nothing job={job} />;
  return (
    <div className={styles.view}>
      <Suspense fallback={<Still picture={before} />}>
        <Compare before={before} after={after} />
      </Suspense>
    </div>
  );
}

/** Stands where the viewer will be. */
function Still({ picture }: { readonly picture: Picture }) {
  return <img src={smallUrl(picture, 1024)} alt="" className={styles.still} />;
}

/** The photo is on its way, in a format that this browser does not show; or it was not taken. */
function Nothing({ job }: { readonly job: Job }) {
  const { restore } = useText();
  const isRefused = job.problems.length > 0;
  return (
    <div className={styles.view}>
      <p className={styles.nothing}>
        {isRefused ? (
          <ImageOff size={48} strokeWidth={1.25} aria-hidden />
        ) : (
          <LoaderCircle size={32} className={styles.turning} aria-hidden />
        )}
        {isRefused ? restore.state.refused : restore.running.uploading}
      </p>
    </div>
  );
}
