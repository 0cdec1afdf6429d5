import { useCallback, useEffect, useState } from "react";

import { Loading } from "../app/Loading";
import { addressOf, useRoute } from "../app/route";
import { AskModels } from "../panels/AskModels";
import { useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import { problemsOf } from "../server/http";
import { useText } from "../text/language";
import type { Problem } from "../ui/Problems";
import { Viewer } from "../viewer/Viewer";
import { Canvas } from "./canvas/Canvas";
import { Chrome } from "./chrome/Chrome";
import { Palette } from "./chrome/adding/Palette";
import { usePanels } from "./chrome/panels";
import { useEditor } from "./editor";
import { followChanges } from "./following";
import styles from "./GraphPage.module.css";
import { keepDrafts, open } from "./opening";
import { isUnread, readPast } from "./pastRun";
import { isLiveRun } from "./shown";
import { Side } from "./Side";
import { Start } from "./Start";
import { Toolbar } from "./toolbar/Toolbar";
import { Trouble } from "./Trouble";

/** The whole graph: what is open, and all that can be done with it. */
export function GraphPage() {
  const [problems, forget] = useOpening();
  const { app } = useText();
  const isReady = useCatalogue((state) => state.catalogue !== null);
  const opened = useEditor((state) => state.opened);
  const palette = usePanels((state) => state.palette);
  useEffect(followChanges, []);
  useEffect(keepDrafts, []);
  useEffect(makeRoom, []);
  usePastRun();
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{app.graph}</h1>
      <Toolbar />
      <div className={styles.body}>
        {palette && <Palette />}
        <div className={styles.canvas}>
          {isReady && opened ? <Canvas key={opened} /> : <Loading />}
          {isReady && opened > 0 && <Start />}
          <Trouble problems={problems} onClose={forget} />
        </div>
        <Side />
      </div>
      <Chrome />
      <Viewer />
      <AskModels />
    </div>
  );
}

/** On a small screen panels lie over the canvas: they begin closed. */
function makeRoom(): void {
  if (window.matchMedia("(width < 64rem)").matches) usePanels.setState({ palette: false, side: null });
}

/** Opens what the address asks for; tells why that could not be. The address is then the page's own again. */
function useOpening(): readonly [problems: readonly Problem[], forget: () => void] {
  const { workflow, run } = useRoute().query;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const forget = useCallback(() => setProblems([]), []);
  useEffect(() => {
    let isWanted = true;
    open({ workflow, run })
      // Without a wish there is nothing new to say: why the last one failed stays.
      .then(() => (workflow ?? run) !== undefined && forget())
      .catch((error: unknown) => isWanted && setProblems(problemsOf(error)))
      .finally(() => isWanted && window.history.replaceState(null, "", addressOf("graph")));
    return () => {
      isWanted = false;
    };
  }, [workflow, run, forget]);
  return [problems, forget];
}

/** A run that the websocket does not tell of has ended long ago: what it made is read from the history. */
function usePastRun(): void {
  const id = useEditor((state) => state.run);
  const isMissing = useRuns(({ runs, seq }) => seq >= 0 && id !== null && !isLiveRun(id) && isUnread(runs[id]));
  useEffect(() => {
    // One that is in the history no more: the canvas shows none.
    if (id !== null && isMissing) readPast(id).catch(() => useEditor.getState().showRun(null));
  }, [id, isMissing]);
}
