import { ImagePlus, RotateCcw, Trash2 } from "lucide-react";

import { useFigures } from "../text/figures";
import { useText } from "../text/language";
import { Button, IconButton } from "../ui/Button";
import { AddPhotos } from "./AddPhotos";
import type { Job } from "./job";
import styles from "./PhotoBar.module.css";
import { useRestore } from "./store";

/** Which photo is seen, and the way to others. */
export function PhotoBar({ job }: { readonly job: Job }) {
  const { restore } = useText();
  const { size } = useFigures();
  const isOne = useRestore((state) => state.jobs.length === 1);
  const remove = useRestore((state) => state.remove);
  const clear = useRestore((state) => state.clear);
  return (
    <header className={styles.bar}>
      <p className={styles.photo}>
        <span className={styles.name} title={job.name}>
          {job.name}
        </span>
        {job.photo && <span className={styles.size}>{size(job.photo.width, job.photo.height)}</span>}
      </p>
      {!isOne && (
        <IconButton label={restore.photos.removeThis} icon={<Trash2 size={18} />} onClick={() => remove(job.id)} />
      )}
      <AddPhotos label={restore.add} icon={<ImagePlus size={18} />} look="quiet" />
      <Button look="quiet" icon={<RotateCcw size={18} />} onClick={clear}>
        {restore.photos.startOver}
      </Button>
    </header>
  );
}
