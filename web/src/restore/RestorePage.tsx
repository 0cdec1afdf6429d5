import { useEffect } from "react";

import { useRoute } from "../app/route";
import { AskModels } from "../panels/AskModels";
import { useCatalogue } from "../server/catalogue";
import { DropVeil } from "./DropVeil";
import { useGathering } from "./gather";
import { RefusedFiles } from "./RefusedFiles";
import { useReturns } from "./returns";
import { useRestore } from "./store";
import { retryUploads } from "./uploads";
import { watchRuns } from "./watch";
import { Welcome } from "./Welcome";
import { Workbench } from "./Workbench";

/** From a photo to its restored picture, without a graph in sight. */
export function RestorePage() {
  const isEmpty = useRestore((state) => state.jobs.length === 0);
  const isOver = useGathering();
  const returns = useReturns();
  const loadCatalogue = useCatalogue((state) => state.load);
  const { workflow } = useRoute().query;
  useEffect(watchRuns, []);
  useEffect(() => {
    if (workflow) useRestore.getState().choose(workflow);
  }, [workflow]);
  useEffect(() => {
    void loadCatalogue();
    if (returns) retryUploads();
  }, [loadCatalogue, returns]);
  return (
    <>
      {isEmpty ? <Welcome key={returns} /> : <Workbench key={returns} />}
      <RefusedFiles />
      {isOver && <DropVeil />}
      <AskModels />
    </>
  );
}
