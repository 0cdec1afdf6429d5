import { Download, Trash2, Workflow as Graph } from "lucide-react";
import { useRef } from "react";

import { goTo } from "../app/route";
import { resultUrl } from "../server/addresses";
import type { RunRecord } from "../server/messages";
import { useServed, useText } from "../text/language";
import { Button, IconButton } from "../ui/Button";
import { classes } from "../ui/classes";
import { useFigures } from "../text/figures";
import { photoName, photoPicture } from "./photo";
import styles from "./RunRow.module.css";
import { SmallPicture } from "./SmallPicture";
import { useRunEnds, type Ends } from "./story";
import { useSeen } from "./useSeen";

interface RunRowProps {
  readonly run: RunRecord;
  /** Chosen to be compared; undefined where that is not offered. */
  readonly isChosen?: boolean;
  readonly onChoose?: () => void;
  readonly onShow: (run: RunRecord, ends: Ends) => void;
  readonly onDelete: (run: RunRecord) => void;
}

/** A run of the history: its photo before and after, and what can be done with it. */
export function RunRow({ run, isChosen, onChoose, onShow, onDelete }: RunRowProps) {
  const { history } = useText().panels;
  const served = useServed();
  const row = useRef<HTMLLIElement>(null);
  const isSeen = useSeen(row);
  const ends = useRunEnds(isSeen ? run.id : null);
  const name = served(run.name);
  return (
    <li ref={row} className={styles.row} data-chosen={isChosen}>
      {onChoose && (
        <input type="checkbox" aria-label={history.select(nameOf(run, name))} checked={isChosen} onChange={onChoose} />
      )}
      <button
        type="button"
        className={styles.pictures}
        aria-label={history.show(nameOf(run, name))}
        disabled={!ends.after}
        onClick={() => onShow(run, ends)}
      >
        <SmallPicture picture={photoPicture(run.photo) ?? ends.before} isWaiting={!isSeen} />
        <SmallPicture picture={ends.after} isWaiting={!isSeen || run.state === "done"} />
      </button>
      <Words run={run} name={name} />
      <Actions run={run} name={name} onDelete={onDelete} />
    </li>
  );
}

const nameOf = (run: RunRecord, name: string): string => [name, photoName(run.photo)].filter(Boolean).join(", ");

function Words({ run, name }: { readonly run: RunRecord; readonly name: string }) {
  const { history } = useText().panels;
  const { date, seconds } = useFigures();
  const [problem] = run.problems;
  const took = run.started !== null && run.ended !== null ? run.ended - run.started : null;
  return (
    <div className={styles.words}>
      <p className={styles.name}>{name}</p>
      {run.photo && <p className={styles.photo}>{photoName(run.photo)}</p>}
      <p className={styles.facts}>
        <span className={classes(styles.state, styles[run.state])}>{history.state[run.state]}</span>
        <span>{date(run.created)}</span>
        {took !== null && <span>{history.took(seconds(took))}</span>}
      </p>
      {run.state === "failed" && problem && <p className={styles.problem}>{String(problem["message"])}</p>}
    </div>
  );
}

interface ActionsProps {
  readonly run: RunRecord;
  readonly name: string;
  readonly onDelete: (run: RunRecord) => void;
}

function Actions({ run, name, onDelete }: ActionsProps) {
  const { history } = useText().panels;
  return (
    <div className={styles.actions}>
      {run.result && (
        <a
          href={resultUrl(run.id)}
          download
          className={styles.link}
          aria-label={history.downloadOf(nameOf(run, name))}
          title={history.download}
        >
          <Download size={18} aria-hidden />
        </a>
      )}
      <Button look="quiet" icon={<Graph size={16} />} onClick={() => goTo("graph", { run: run.id })}>
        {history.graph}
      </Button>
      <IconButton
        label={history.removeOf(nameOf(run, name))}
        icon={<Trash2 size={18} />}
        onClick={() => onDelete(run)}
      />
    </div>
  );
}
