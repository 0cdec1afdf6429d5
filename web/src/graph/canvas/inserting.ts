import { connect } from "../../document/edits";
import { wiresOf, type Wire } from "../../document/wiring";
import type { Workflow } from "../../document/workflow";
import { useCatalogue, type Catalogue } from "../../server/catalogue";
import { useEditor } from "../editor";
import { CANVAS } from "../view";
import { firstFit } from "./connecting";
import { edgeId } from "./flow";

/** A node that nothing is wired to, put down on a wire, goes between the wire's ends. */
export function putOnWire(id: string): void {
  const { catalogue } = useCatalogue.getState();
  const { workflow, edit } = useEditor.getState();
  if (!catalogue || isWired(workflow, id)) return;
  const under = wireUnder(id);
  const wire = wiresOf(workflow).find(({ to }) => edgeId(to) === under);
  const next = wire && inserted(workflow, catalogue, id, wire);
  // The move and the wires undo as one.
  if (next) edit(() => next, "move");
}

const isWired = (workflow: Workflow, id: string): boolean =>
  wiresOf(workflow).some(({ from, to }) => from[0] === id || to[0] === id);

/** The workflow with a node between the ends of a wire; null where it does not fit there. */
export function inserted(workflow: Workflow, catalogue: Catalogue, id: string, { from, to }: Wire): Workflow | null {
  const before = firstFit(workflow, catalogue, { place: from, side: "output" }, id);
  const fed = before && connect(workflow, before.from, before.to);
  const after = fed && firstFit(fed, catalogue, { place: to, side: "input" }, id);
  return after ? connect(fed, after.from, after.to) : null;
}

/** Pixels of the screen between the places where a card looks for wires. */
const STEP = 12;

/** The id of a wire that lies under a card. */
function wireUnder(id: string): string | null {
  const card = document.querySelector(`#${CANVAS} .react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (!card) return null;
  const { left, right, top, bottom } = card.getBoundingClientRect();
  const middle = (left + right) / 2;
  for (let y = top; y <= bottom; y += STEP) {
    for (const x of [middle, left + STEP, right - STEP]) {
      const wire = document.elementsFromPoint(x, y).find((element) => element.matches(".react-flow__edge-interaction"));
      const found = wire?.closest<SVGElement>(".react-flow__edge")?.dataset["id"];
      if (found !== undefined) return found;
    }
  }
  return null;
}
