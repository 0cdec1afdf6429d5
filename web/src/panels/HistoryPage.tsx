import { History } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { toast } from "sonner";

import { addressOf } from "../app/route";
import type { RunRecord } from "../server/messages";
import { useServed, useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Empty } from "../ui/Empty";
import { useViewer } from "../viewer/useViewer";
import { attempt } from "./attempt";
import { CompareBar } from "./CompareBar";
import { Failed } from "./Failed";
import { useEndedRuns, useHistory, useHistoryReading } from "./history";
import styles from "./HistoryPage.module.css";
import page from "./page.module.css";
import { deleteRun } from "./queue";
import { QueueList } from "./QueueList";
import { RunRow } from "./RunRow";
import { showRun } from "./showRun";

/** Only who looks closely needs the viewer. */
const Viewer = lazy(() => import("../viewer/Viewer").then(({ Viewer }) => ({ default: Viewer })));

/** What waits and works, and everything that was run before. */
export function HistoryPage() {
  const { history } = useText().panels;
  const isViewing = useViewer((state) => state.exhibition !== null);
  useHistoryReading();
  return (
    <div className={page.page}>
      <header className={page.header}>
        <h1 className={page.title}>{history.title}</h1>
        <p className={page.lead}>{history.lead}</p>
      </header>
      <QueueList />
      <Runs />
      {isViewing && (
        <Suspense fallback={null}>
          <Viewer />
        </Suspense>
      )}
    </div>
  );
}

function Runs() {
  const { history } = useText().panels;
  const served = useServed();
  const { next, problems, isReading, more, load } = useHistory();
  const runs = useEndedRuns();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [deleting, setDeleting] = useState<RunRecord | null>(null);
  const choose = (id: string) =>
    // Of three, the first one goes.
    setChosen((now) => (now.includes(id) ? now.filter((each) => each !== id) : [...now, id].slice(-2)));
  if (problems.length) return <Failed problems={problems} onRetry={load} />;
  if (!runs.length) return next === undefined ? null : <Nothing />;
  return (
    <section className={styles.runs} aria-label={history.title}>
      {runs.length > 1 && (
        <CompareBar chosen={runs.filter((run) => chosen.includes(run.id))} onClear={() => setChosen([])} />
      )}
      <ul className={styles.list}>
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            isChosen={chosen.includes(run.id)}
            {...(runs.length > 1 && run.result ? { onChoose: () => choose(run.id) } : {})}
            onShow={(shown, ends) => showRun(served(shown.name), shown, ends)}
            onDelete={setDeleting}
          />
        ))}
      </ul>
      {next && (
        <Button className={styles.more} disabled={isReading} onClick={() => void more()}>
          {history.more}
        </Button>
      )}
      {deleting && <DeleteDialog run={deleting} onClose={() => setDeleting(null)} />}
    </section>
  );
}

function Nothing() {
  const { history } = useText().panels;
  return (
    <Empty icon={<History size={40} />} title={history.empty}>
      <p>{history.emptyHint}</p>
      <a href={addressOf("restore")}>{history.toRestore}</a>
    </Empty>
  );
}

function DeleteDialog({ run, onClose }: { readonly run: RunRecord; readonly onClose: () => void }) {
  const { ui, panels } = useText();
  const drop = useHistory((state) => state.drop);
  const remove = async () => {
    onClose();
    if (!(await attempt(() => deleteRun(run.id)))) return;
    drop(run.id);
    toast(panels.history.removed);
  };
  return (
    <Dialog
      title={panels.history.removeTitle}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button look="danger" onClick={() => void remove()}>
            {panels.history.remove}
          </Button>
        </>
      }
    >
      <p>{panels.history.removeText}</p>
    </Dialog>
  );
}
