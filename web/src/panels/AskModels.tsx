import { useEffect, useState } from "react";

import { useRuns } from "../runs/store";
import type { Lack } from "../runs/start";
import type { ModelJson, ProblemJson, WithoutJson } from "../server/api";
import { useCatalogue } from "../server/catalogue";
import { problemsOf } from "../server/http";
import { useServed, useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Problems } from "../ui/Problems";
import styles from "./AskModels.module.css";
import { useQuestion, type Answer } from "./question";
import { DownloadState } from "./DownloadState";
import { bytesOf, cancelDownload, rootsOf, startDownload } from "./downloads";
import { useFigures } from "../text/figures";
import { ModelFacts } from "./ModelFacts";

/** Asks before model files are downloaded, and shows how far they are. Shown once by each page that starts runs. */
export function AskModels() {
  const question = useQuestion((state) => state.question);
  if (!question) return null;
  return <Asking key={question.lack.models.map((model) => model.name).join()} {...question} />;
}

interface AskingProps {
  readonly lack: Lack;
  readonly answer: (answer: Answer) => void;
}

function Asking({ lack: { models, without }, answer }: AskingProps) {
  const { ask } = useText().panels;
  const [isStarted, setStarted] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemJson[]>([]);
  const downloads = useRuns((state) => state.downloads);
  const roots = rootsOf(models);
  const isHere = isStarted && roots.every(({ name }) => downloads[name]?.state === "done");
  const isAtWork = isStarted && roots.some(({ name }) => isUnderWay(downloads[name]?.state));
  useEffect(() => {
    if (isHere) answer("whole");
  }, [isHere, answer]);

  const start = async () => {
    setProblems([]);
    try {
      await Promise.all(roots.map(({ name }) => startDownload(name)));
      setStarted(true);
    } catch (error) {
      setProblems(problemsOf(error));
    }
  };
  const leave = () => {
    if (isAtWork) void Promise.allSettled(roots.map(({ name }) => cancelDownload(name)));
    answer(null);
  };
  const goOn = without?.length ? () => answer("without") : null;
  return (
    <Dialog title={ask.title(models.length)} onClose={leave} actions={<Actions {...{ models, isStarted, isAtWork, start, leave, goOn }} />}>
      <p className={styles.why}>{isAtWork ? ask.downloading : ask.why}</p>
      <Problems problems={problems} />
      <ul className={styles.list}>
        {models.map((model) => (
          <Asked key={model.name} model={model} among={models} isStarted={isStarted} />
        ))}
      </ul>
      {without && !isAtWork && <Without steps={without} />}
    </Dialog>
  );
}

const isUnderWay = (state: string | undefined): boolean => state === "waiting" || state === "running";

interface ActionsProps {
  readonly models: readonly ModelJson[];
  readonly isStarted: boolean;
  readonly isAtWork: boolean;
  readonly start: () => Promise<void>;
  readonly leave: () => void;
  /** null where the run cannot do without. */
  readonly goOn: (() => void) | null;
}

function Actions({ models, isStarted, isAtWork, start, leave, goOn }: ActionsProps) {
  const { ask } = useText().panels;
  const { bytes } = useFigures();
  const all = bytesOf(models);
  return (
    <>
      <Button onClick={leave}>{isAtWork ? ask.stop : ask.notNow}</Button>
      {goOn && !isAtWork && <Button onClick={goOn}>{ask.goOn}</Button>}
      {!isAtWork && (
        <Button look="primary" onClick={() => void start()}>
          {isStarted ? ask.again : ask.go(all === null ? "" : bytes(all))}
        </Button>
      )}
    </>
  );
}

/** What the result lacks if nothing is downloaded. */
function Without({ steps }: { readonly steps: readonly WithoutJson[] }) {
  const { ask } = useText().panels;
  const served = useServed();
  const catalogue = useCatalogue((state) => state.catalogue);
  if (!steps.length) return null;
  return (
    <>
      <h3 className={styles.heading}>{ask.without}</h3>
      <ul className={styles.lacking}>
        {steps.map(({ step, type, instead }) => {
          const title = served(catalogue?.nodes.get(type)?.title ?? step);
          return <li key={step}>{instead ? ask.simpler(title) : ask.leftOut(title)}</li>;
        })}
      </ul>
    </>
  );
}

interface AskedProps {
  readonly model: ModelJson;
  readonly among: readonly ModelJson[];
  readonly isStarted: boolean;
}

function Asked({ model, among, isStarted }: AskedProps) {
  const { comesWith } = useText().panels.model;
  const download = useRuns((state) => state.downloads[model.name]);
  const owner = among.find((other) => other !== model && other.needs.includes(model.name));
  return (
    <li className={styles.model}>
      <h3>{model.title}</h3>
      <ModelFacts model={model} {...(owner ? { note: comesWith(owner.title) } : {})} />
      {isStarted && download && !owner && <DownloadState title={model.title} download={download} />}
    </li>
  );
}
