import { useEffect, useState } from "react";

import type { WorkflowJson } from "../../../server/api";
import { problemsOf } from "../../../server/http";
import type { Problem } from "../../../ui/Problems";
import { listWorkflows } from "./files";

export interface Listing {
  /** null while it is on its way. */
  readonly workflows: readonly WorkflowJson[] | null;
  readonly problems: readonly Problem[];
  readonly reload: () => void;
}

/** The workflows on the server, of one owner. */
export function useListing(owner: WorkflowJson["owner"]): Listing {
  const [workflows, setWorkflows] = useState<readonly WorkflowJson[] | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    listWorkflows().then(
      (all) => here && setWorkflows(all.filter((each) => each.owner === owner)),
      (error: unknown) => here && setProblems(problemsOf(error)),
    );
    return () => {
      here = false;
    };
  }, [owner, turn]);
  return { workflows, problems, reload: () => setTurn(turn + 1) };
}
