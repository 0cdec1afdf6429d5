import { Download } from "lucide-react";
import { useId, useState } from "react";

import { resultUrl } from "../server/addresses";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import styles from "./DownloadDialog.module.css";
import type { Job } from "./job";
import { save } from "./save";

/** "same" is the format in which the result was saved: the photo's, where that can be written. */
const FORMATS = ["same", "jpeg", "png", "tiff", "webp"] as const;
type Format = (typeof FORMATS)[number];

const USUAL_QUALITY = 92;

interface DownloadDialogProps {
  readonly jobs: readonly Job[];
  readonly onClose: () => void;
}

/** In which format the results leave. */
export function DownloadDialog({ jobs, onClose }: DownloadDialogProps) {
  const { download } = useText().restore;
  const [format, setFormat] = useState<Format>("same");
  const [quality, setQuality] = useState(USUAL_QUALITY);
  const isLossy = format === "jpeg" || format === "webp";
  const addresses = jobs.flatMap(({ run }) =>
    run ? [resultUrl(run.id, format === "same" ? undefined : format, isLossy ? quality : undefined)] : [],
  );
  const go = () => {
    void save(addresses);
    onClose();
  };
  return (
    <Dialog
      title={jobs.length > 1 ? download.titleAll(jobs.length) : download.title}
      onClose={onClose}
      actions={
        <Button look="primary" icon={<Download size={18} />} onClick={go}>
          {download.go}
        </Button>
      }
    >
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">{download.format}</legend>
        {FORMATS.map((each) => (
          <label key={each} className={styles.format}>
            <input type="radio" name="format" checked={each === format} onChange={() => setFormat(each)} />
            <span className={styles.name}>{download.formats[each]}</span>
            <span className={styles.about}>{download.about[each]}</span>
          </label>
        ))}
      </fieldset>
      <Quality value={quality} disabled={!isLossy} onChange={setQuality} />
    </Dialog>
  );
}

interface QualityProps {
  readonly value: number;
  readonly disabled: boolean;
  readonly onChange: (quality: number) => void;
}

/** Keeps its room where the format loses nothing. */
function Quality({ value, disabled, onChange }: QualityProps) {
  const { download } = useText().restore;
  const id = useId();
  return (
    <div className={styles.quality} data-off={disabled}>
      <label htmlFor={id} className={styles.name}>
        {download.quality}
      </label>
      <output htmlFor={id} className={styles.figure}>
        {value}
      </output>
      <input
        id={id}
        type="range"
        min={50}
        max={100}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <span className={styles.about}>{download.smaller}</span>
      <span className={styles.about}>{download.better}</span>
    </div>
  );
}
