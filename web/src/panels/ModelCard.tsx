import { CircleCheck, Download, X } from "lucide-react";
import { useState } from "react";

import { useRuns } from "../runs/store";
import type { ModelJson, ProblemJson } from "../server/api";
import { problemsOf } from "../server/http";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Problems } from "../ui/Problems";
import { DownloadState } from "./DownloadState";
import { cancelDownload, startDownload } from "./downloads";
import styles from "./ModelCard.module.css";
import { ModelFacts } from "./ModelFacts";

/** One model file, and its download. */
export function ModelCard({ model }: { readonly model: ModelJson }) {
  const { panels } = useText();
  const download = useRuns((state) => state.downloads[model.name]);
  return (
    <li className={styles.card}>
      <h3 className={styles.title}>{model.title}</h3>
      <ModelFacts model={model} note={model.note} />
      <div className={styles.foot}>
        {model.present ? (
          <p className={styles.present}>
            <CircleCheck size={16} aria-hidden /> {panels.model.present}
          </p>
        ) : (
          <>
            {download && <DownloadState title={model.title} download={download} />}
            <DownloadButton model={model} state={download?.state} />
          </>
        )}
      </div>
    </li>
  );
}

interface DownloadButtonProps {
  readonly model: ModelJson;
  readonly state: string | undefined;
}

function DownloadButton({ model, state }: DownloadButtonProps) {
  const { model: words } = useText().panels;
  const [problems, setProblems] = useState<readonly ProblemJson[]>([]);
  const isUnderWay = state === "waiting" || state === "running";
  const ask = async (wish: typeof startDownload) => {
    setProblems([]);
    try {
      await wish(model.name);
    } catch (error) {
      setProblems(problemsOf(error));
    }
  };
  return (
    <>
      <Problems problems={problems} />
      {isUnderWay ? (
        <Button
          icon={<X size={16} />}
          className={styles.button}
          aria-label={words.cancelOf(model.title)}
          onClick={() => void ask(cancelDownload)}
        >
          {words.cancel}
        </Button>
      ) : (
        <Button
          icon={<Download size={16} />}
          className={styles.button}
          aria-label={words.downloadOf(model.title)}
          onClick={() => void ask(startDownload)}
        >
          {state === "failed" ? words.again : state === "cancelled" ? words.goOn : words.download}
        </Button>
      )}
    </>
  );
}
