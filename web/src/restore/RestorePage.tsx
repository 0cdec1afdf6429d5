import { useEffect } from "react";

import { AskModels } from "../panels/AskModels";
import { DropVeil } from "./DropVeil";
import { useGathering } from "./gather";
import { RefusedFiles } from "./RefusedFiles";
import { useRestore } from "./store";
import { watchRuns } from "./watch";
import { Welcome } from "./Welcome";
import { Workbench } from "./Workbench";

/** From a photo to its restored picture, without a graph in sight. */
export function RestorePage() {
  const isEmpty = useRestore((state) => state.jobs.length === 0);
  const isOver = useGathering();
  useEffect(watchRuns, []);
  return (
    <>
      {isEmpty ? <Welcome /> : <Workbench />}
      <RefusedFiles />
      {isOver && <DropVeil />}
      <AskModels />
    </>
  );
}
