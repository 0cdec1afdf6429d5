import { inputFor, kindOfInput, kindOfOutput, outputFor } from "../../../document/connect";
import { addNode, connect, NODE_SIZE, positionsOf, setInput } from "../../../document/edits";
import type { Point, Workflow } from "../../../document/workflow";
import type { NodeJson } from "../../../server/api";
import { useCatalogue, type Catalogue } from "../../../server/catalogue";
import { useEditor } from "../../editor";
import type { WireEnd } from "../../view";

/** From the upper edge of a node to its first socket: there a loose wire ends. */
const SOCKET = 54;

/** Nodes whose corners are nearer than this would hide each other. */
const HIDDEN: Point = [NODE_SIZE[0] / 2, NODE_SIZE[1] / 2];

const GAP = 40;

/** Where a node has to stand to have a point in its middle. */
export const around = ([x, y]: Point): Point => [x - NODE_SIZE[0] / 2, y - NODE_SIZE[1] / 2];

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
  const added = addNode(workflow, node.id, from ? besideWire(at, from) : freePlace(workflow, at));
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
  [Math.round(side === "output" ? x : x - NODE_SIZE[0]), Math.round(y - SOCKET)];

/** The wish, or right of the nodes that stand there. */
function freePlace(workflow: Workflow, [x, y]: Point): Point {
  const placed = [...positionsOf(workflow).values()];
  let at: Point = [Math.round(x), Math.round(y)];
  const hides = ([left, top]: Point) => Math.abs(left - at[0]) < HIDDEN[0] && Math.abs(top - at[1]) < HIDDEN[1];
  for (let other = placed.find(hides); other; other = placed.find(hides)) {
    at = [other[0] + NODE_SIZE[0] + GAP, at[1]];
  }
  return at;
}
