import { inputFor, kindOfInput, kindOfOutput, outputFor } from "../../document/connect";
import { addNode, connect, NODE_SIZE, positionsOf, setInput } from "../../document/edits";
import type { Point, Workflow } from "../../document/workflow";
import type { NodeJson } from "../../server/api";
import { useCatalogue, type Catalogue } from "../../server/catalogue";
import { useEditor } from "../editor";
import type { WireEnd } from "../view";

/** From a loose wire's end to the corner of the node that it leads to: its first socket is there. */
const SOCKET: Point = [0, 54];

/** Beside a node that stands where another one would come. */
const BESIDE = 32;

/** Add a node of the catalogue, wired to a loose end if there is one; the only thing selected afterwards. */
export function addStep(type: string, at: Point, from: WireEnd | null = null): void {
  const { catalogue } = useCatalogue.getState();
  const node = catalogue?.nodes.get(type);
  if (!catalogue || !node) return;
  const { workflow, edit, select } = useEditor.getState();
  const added = withStep(workflow, catalogue, node, at, from);
  edit(() => added.workflow);
  select([added.id]);
}

interface Added {
  readonly workflow: Workflow;
  readonly id: string;
}

/** A workflow with one node more. The first node that takes a photo is where the workflow's photo comes in. */
export function withStep(workflow: Workflow, catalogue: Catalogue, node: NodeJson, at: Point, from: WireEnd | null): Added {
  const added = addNode(workflow, node.id, freePlace(workflow, from ? besideWire(at, from) : at));
  const wired = from ? withWire(added, catalogue, node, from) : added.workflow;
  const photo = photoSettingOf(node);
  return { id: added.id, workflow: photo && !workflow.input ? setInput(wired, [added.id, photo]) : wired };
}

/** The setting of a node that opens photos; masks come from files, too. */
export const photoSettingOf = (node: NodeJson): string | undefined =>
  Object.values(node.outputs).some(({ kind }) => kind === "image")
    ? Object.entries(node.settings).find(([, setting]) => setting.widget === "photo")?.[0]
    : undefined;

function withWire({ workflow, id }: Added, catalogue: Catalogue, node: NodeJson, { place, side }: WireEnd): Workflow {
  if (side === "output") {
    const has = kindOfOutput(workflow, catalogue, place);
    const input = has && inputFor(catalogue, node, has);
    return input ? connect(workflow, place, [id, input]) : workflow;
  }
  const wants = kindOfInput(workflow, catalogue, place);
  const output = wants && outputFor(catalogue, node, wants);
  return output ? connect(workflow, [id, output], place) : workflow;
}

const besideWire = ([x, y]: Point, { side }: WireEnd): Point =>
  side === "output" ? [x - SOCKET[0], y - SOCKET[1]] : [x - NODE_SIZE[0], y - SOCKET[1]];

/** The wish, moved until no node stands right there. */
function freePlace(workflow: Workflow, [x, y]: Point): Point {
  const taken = [...positionsOf(workflow).values()];
  let at: Point = [Math.round(x), Math.round(y)];
  while (taken.some(([left, top]) => Math.abs(left - at[0]) < BESIDE / 2 && Math.abs(top - at[1]) < BESIDE / 2)) {
    at = [at[0] + BESIDE, at[1] + BESIDE];
  }
  return at;
}
