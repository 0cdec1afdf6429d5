import type { DownloadChanged } from "../server/messages";
import { useText } from "../text/language";
import { Progress } from "../ui/Progress";
import styles from "./DownloadState.module.css";
import { useFigures } from "../text/figures";

interface DownloadStateProps {
  readonly title: string;
  readonly download: DownloadChanged;
}

/** How far a download is, or why it ended. */
export function DownloadState({ title, download }: DownloadStateProps) {
  const { model } = useText().panels;
  const { bytes } = useFigures();
  if (download.state === "failed")
    return (
      <p role="alert" className={styles.failed}>
        {model.failed} {download.message}
      </p>
    );
  if (download.state === "cancelled") return <p className={styles.words}>{model.cancelled}</p>;
  const { done, total } = download;
  const words = total === null ? bytes(done) : model.progress(bytes(done), bytes(total));
  return (
    <div className={styles.state}>
      <Progress label={model.progressOf(title)} share={total ? done / total : null} />
      <p className={styles.words}>{download.state === "waiting" ? model.waiting : words}</p>
    </div>
  );
}
