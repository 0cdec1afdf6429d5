import { useEffect, useState } from "react";

import { Loading } from "../app/Loading";
import { addressOf, useRoute } from "../app/route";
import { AskModels } from "../panels/AskModels";
import { useRun, useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import { problemsOf } from "../server/http";
import { useText } from "../text/language";
import type { Problem } from "../ui/Problems";
import { Viewer } from "../viewer/Viewer";
import { Canvas } from "./canvas/Canvas";
import { Chrome } from "./chrome/Chrome";
import { Palette } from "./chrome/Palette";
import { usePanels } from "./chrome/panels";
import { useEditor } from "./editor";
import { followChanges } from "./following";
import styles from "./GraphPage.module.css";
import { keepDrafts, open } from "./opening";
import { readPast } from "./pastRun";
import { Side } from "./Side";
import { Start } from "./Start";
import { Toolbar } from "./toolbar/Toolbar";
import { Trouble } from "./Trouble";

/** The whole graph: what is open, and all that can be done with it. */
export function GraphPage() {
  const problems = useOpening();
  const { app } = useText();
  const isReady = useCatalogue((state) => state.catalogue !== null);
  const opened = useEditor((state) => state.opened);
  const palette = usePanels((state) => state.palette);
  useEffect(followChanges, []);
  useEffect(keepDrafts, []);
  usePastRun();
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{app.graph}</h1>
      <Toolbar />
      <div className={styles.body}>
        {palette && <Palette />}
        <div className={styles.canvas}>
          {isReady && opened ? <Canvas key={opened} /> : !problems.length && <Loading />}
          {isReady && opened > 0 && <Start />}
          <Trouble problems={problems} />
        </div>
        <Side />
      </div>
      <Chrome />
      <Viewer />
      <AskModels />
    </div>
  );
}

/** Opens what the address asks for; returns why that could not be. The address is then the page's own again. */
function useOpening(): readonly Problem[] {
  const { workflow, run } = useRoute().query;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  useEffect(() => {
    let isWanted = true;
    open({ workflow, run })
      .then(() => {
        if (!isWanted) return;
        setProblems([]);
        window.history.replaceState(null, "", addressOf("graph"));
      })
      .catch((error: unknown) => isWanted && setProblems(problemsOf(error)));
    return () => {
      isWanted = false;
    };
  }, [workflow, run]);
  return problems;
}

/** A run that the websocket does not tell of has ended long ago: what it made is read from the history. */
function usePastRun(): void {
  const id = useEditor((state) => state.run);
  const isKnown = useRun(id) !== undefined;
  const isTold = useRuns((state) => state.seq >= 0);
  useEffect(() => {
    if (id === null || isKnown || !isTold) return;
    // One that is in the history no more: the canvas shows none.
    readPast(id).catch(() => useEditor.getState().showRun(null));
  }, [id, isKnown, isTold]);
}
