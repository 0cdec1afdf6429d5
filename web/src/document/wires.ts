import { changeBox, withSources } from "./nodes";
import { makesLoop } from "./wiring";
import type { Place, Workflow } from "./workflow";

/** Wire an output to an input; a wire that was there goes. The same workflow where it would run in a circle. */
export const connect = (workflow: Workflow, from: Place, to: Place): Workflow =>
  !Object.hasOwn(workflow.nodes, from[0]) || makesLoop(workflow, from[0], to[0])
    ? workflow
    : changeBox(workflow, to[0], (box) => {
        const before = box.inputs?.[to[1]];
        const same = before?.[0] === from[0] && before[1] === from[1];
        return same ? box : { ...box, inputs: { ...box.inputs, [to[1]]: from } };
      });

/** Take the wire away that leads to an input. */
export const disconnect = (workflow: Workflow, to: Place): Workflow =>
  changeBox(workflow, to[0], (box) => withSources(box, (from, port) => (port === to[1] ? null : from)));
