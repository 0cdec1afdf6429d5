import type { Workflow } from "../document/workflow";
import { useCatalogue } from "../server/catalogue";
import { useServed } from "../text/language";

/** What people call a step: its node's title; its id where nobody knows that. */
export function useStepTitle(workflow: Workflow | null | undefined): (id: string) => string {
  const catalogue = useCatalogue((state) => state.catalogue);
  const served = useServed();
  return (id) => {
    const title = catalogue?.nodes.get(workflow?.nodes[id]?.type ?? "")?.title;
    return title ? served(title) : id;
  };
}
