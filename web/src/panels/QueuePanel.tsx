import { ListChecks } from "lucide-react";
import { useEffect } from "react";

import { addressOf } from "../app/route";
import { useRuns } from "../runs/store";
import type { RunRecord } from "../server/messages";
import { useServed, useText } from "../text/language";
import { Empty } from "../ui/Empty";
import { useFigures } from "../text/figures";
import { useEndedRuns, useHistory } from "./history";
import { photoName, photoPicture } from "./photo";
import { QueueList } from "./QueueList";
import styles from "./QueuePanel.module.css";
import { SmallPicture } from "./SmallPicture";
import { useRunEnds } from "./story";

/** How many of the history stand here; the page has all of them. */
const LATEST = 12;

/** The queue and the latest runs, beside the graph. */
export function QueuePanel() {
  const { queue, history } = useText().panels;
  const load = useHistory((state) => state.load);
  const isIdle = useRuns((state) => !state.waiting.length && Object.values(state.runs).every(isOver));
  const ended = useEndedRuns().slice(0, LATEST);
  useEffect(() => void load(), [load]);
  return (
    <div className={styles.panel}>
      <QueueList />
      {isIdle && !ended.length && (
        <Empty icon={<ListChecks size={32} />} title={queue.empty}>
          <p>{queue.emptyHint}</p>
        </Empty>
      )}
      {ended.length > 0 && (
        <section className={styles.history} aria-label={history.title}>
          <h2>{history.title}</h2>
          <ul className={styles.list}>
            {ended.map((run) => (
              <Ended key={run.id} run={run} />
            ))}
          </ul>
          <a href={addressOf("history")}>{history.all}</a>
        </section>
      )}
    </div>
  );
}

const isOver = ({ record }: { readonly record: RunRecord }): boolean =>
  (record.state !== "running" && record.state !== "queued") || record.id.startsWith("live-");

/** Its graph and its result are one click away. */
function Ended({ run }: { readonly run: RunRecord }) {
  const { history } = useText().panels;
  const served = useServed();
  const { date } = useFigures();
  const { after } = useRunEnds(run.id);
  return (
    <li>
      <a href={addressOf("graph", { run: run.id })} className={styles.run} title={history.graph}>
        <SmallPicture picture={after ?? photoPicture(run.photo)} isWaiting={run.state === "done"} />
        <span className={styles.words}>
          <strong>{served(run.name)}</strong>
          <span>{photoName(run.photo)}</span>
          <span className={styles.quiet}>
            {run.state !== "done" && `${history.state[run.state]}, `}
            {date(run.created)}
          </span>
        </span>
      </a>
    </li>
  );
}
