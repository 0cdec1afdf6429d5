/** Every edit of a document: functions from a workflow to a workflow, none of which changes the one it is given. */
import type { Catalogue } from "../server/catalogue";
import { removeFrame, removeNote } from "./frames";
import { removeNodes } from "./nodes";
import type { Workflow } from "./workflow";

export * from "./facts";
export * from "./frames";
export * from "./layout";
export { addNode, nameProblem, removeNodes, rename, setBypass, setSetting } from "./nodes";
export * from "./wires";

/** Remove nodes, frames and notes, all by their ids. */
export function removeAll(workflow: Workflow, ids: Iterable<string>, reconnect?: Catalogue): Workflow {
  const all = [...ids];
  return all.reduce((left, id) => removeNote(removeFrame(left, id), id), removeNodes(workflow, all, reconnect));
}
