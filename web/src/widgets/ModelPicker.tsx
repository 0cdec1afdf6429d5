import { CircleCheck, Download } from "lucide-react";
import { useId, useState } from "react";

import { cancelDownload, startDownload } from "../panels/downloads";
import { DownloadState } from "../panels/DownloadState";
import { useFigures } from "../text/figures";
import { ModelFacts } from "../panels/ModelFacts";
import { useRuns } from "../runs/store";
import type { ModelJson, ProblemJson } from "../server/api";
import { problemsOf } from "../server/http";
import { useServed, useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Problems } from "../ui/Problems";
import styles from "./ModelPicker.module.css";
import { useModels } from "../server/models";
import { useModel } from "./models";

interface ModelPickerProps {
  readonly label: string;
  readonly names: readonly string[];
  /** The setting's default. */
  readonly recommended: unknown;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly onClose: () => void;
  readonly disabled?: boolean | undefined;
}

/** What there is to choose from, with all that one should know before choosing. */
export function ModelPicker({ label, names, recommended, value, onChange, onClose, disabled }: ModelPickerProps) {
  const { widgets } = useText();
  const group = useId();
  const problems = useModels((state) => state.problems);
  return (
    <Dialog
      title={`${label}: ${widgets.weights.title}`}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {widgets.done}
        </Button>
      }
    >
      <Problems problems={problems} />
      <fieldset className={styles.models} disabled={disabled}>
        <legend className="visually-hidden">{label}</legend>
        {names.map((name) => (
          <Offer
            key={name}
            name={name}
            group={group}
            isChosen={name === value}
            isRecommended={name === recommended}
            onChoose={() => onChange(name)}
          />
        ))}
      </fieldset>
    </Dialog>
  );
}

interface OfferProps {
  readonly name: string;
  readonly group: string;
  readonly isChosen: boolean;
  readonly isRecommended: boolean;
  readonly onChoose: () => void;
}

function Offer({ name, group, isChosen, isRecommended, onChoose }: OfferProps) {
  const { weights } = useText().widgets;
  const served = useServed();
  const model = useModel(name);
  return (
    <div className={styles.offer}>
      <label className={styles.choice}>
        <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
        <span className={styles.title}>{served(model?.title ?? name)}</span>
        {isRecommended && <span className={styles.recommended}>{weights.default}</span>}
      </label>
      <div className={styles.facts}>
        {model ? <ModelFacts model={model} /> : <p>{weights.free}</p>}
        {model && <Presence model={model} />}
      </div>
    </div>
  );
}

/** Whether its file is here; if not, how to get it. */
function Presence({ model }: { readonly model: ModelJson }) {
  const { panels, widgets } = useText();
  const { bytes } = useFigures();
  const download = useRuns((state) => state.downloads[model.name]);
  const [problems, setProblems] = useState<readonly ProblemJson[]>([]);
  const attempt = (act: (name: string) => Promise<unknown>) => {
    setProblems([]);
    act(model.name).catch((error: unknown) => setProblems(problemsOf(error)));
  };
  if (model.present)
    return (
      <p className={styles.present}>
        <CircleCheck size={15} aria-hidden /> {panels.model.present}
      </p>
    );
  const isUnderWay = download?.state === "waiting" || download?.state === "running";
  const size = model.bytes === null ? "" : bytes(model.bytes);
  return (
    <div className={styles.absent}>
      {download && <DownloadState title={model.title} download={download} />}
      {isUnderWay ? (
        <Button onClick={() => attempt(cancelDownload)} aria-label={panels.model.cancelOf(model.title)}>
          {panels.model.cancel}
        </Button>
      ) : (
        <Button
          icon={<Download size={16} aria-hidden />}
          aria-label={panels.model.downloadOf(model.title)}
          onClick={() => attempt(startDownload)}
        >
          {size ? widgets.weights.download(size) : panels.model.download}
        </Button>
      )}
      <Problems problems={problems} />
    </div>
  );
}
