import type { Connection, FinalConnectionState, HandleType } from "@xyflow/react";

import { fit, kindOfInput, kindOfOutput, nodeAt, type Fit } from "../../document/connect";
import { connect, disconnect } from "../../document/edits";
import type { Place, Workflow } from "../../document/workflow";
import { useCatalogue, type Catalogue } from "../../server/catalogue";
import { useEditor } from "../editor";
import { useView, type WireEnd } from "../view";

/** What React Flow calls a connection: an output, and the input that it would feed. */
export interface Wiring {
  readonly from: Place;
  readonly to: Place;
}

interface Ends {
  readonly source: string | null;
  readonly target: string | null;
  readonly sourceHandle?: string | null;
  readonly targetHandle?: string | null;
}

export const wiringOf = ({ source, target, sourceHandle, targetHandle }: Ends): Wiring => ({
  from: [source ?? "", sourceHandle ?? ""],
  to: [target ?? "", targetHandle ?? ""],
});

/** Whether a wire fits, in the document as it stands. */
export function fitNow(ends: Ends): Fit {
  const { catalogue } = useCatalogue.getState();
  const { from, to } = wiringOf(ends);
  return catalogue ? fit(useEditor.getState().workflow, catalogue, from, to) : { ok: false, reason: { why: "unknown" } };
}

export const fits = (ends: Ends): boolean => fitNow(ends).ok;

export function join(connection: Connection): void {
  const { from, to } = wiringOf(connection);
  useEditor.getState().edit((workflow) => connect(workflow, from, to));
}

/** A wire was taken off at one end and put on elsewhere. */
export function rejoin(old: Ends, connection: Connection): void {
  const { from, to } = wiringOf(connection);
  const before = wiringOf(old).to;
  const stays = before[0] === to[0] && before[1] === to[1];
  useEditor.getState().edit((workflow) => connect(stays ? workflow : disconnect(workflow, before), from, to));
}

export const cut = (wires: readonly Ends[]): void =>
  useEditor.getState().edit((workflow) => wires.reduce((before, ends) => disconnect(before, wiringOf(ends).to), workflow));

export const endOf = (id: string | null, port: string | null, type: HandleType | null): WireEnd | null =>
  id === null || type === null ? null : { place: [id, port ?? ""], side: type === "source" ? "output" : "input" };

interface XY {
  readonly x: number;
  readonly y: number;
}

/** A wire was let go: over a node's card it takes the first socket that fits, over the empty canvas it asks for a node. */
export function letGo(point: XY, { fromHandle, toHandle }: FinalConnectionState): void {
  const from = endOf(fromHandle?.nodeId ?? null, fromHandle?.id ?? null, fromHandle?.type ?? null);
  const { flow, openAdd } = useView.getState();
  if (!from || !flow || toHandle) return;
  const id = nodeUnder(point);
  if (id === null) {
    const { x, y } = flow.screenToFlowPosition(point);
    openAdd({ screen: point, at: [x, y], from });
    return;
  }
  const wiring = firstFitNow(from, id);
  if (wiring) useEditor.getState().edit((workflow) => connect(workflow, wiring.from, wiring.to));
}

/** A wire that was taken off was let go over a node's card: whether it fits anywhere there, and is there now. */
export function moveTo(old: Ends, point: XY): boolean {
  const id = nodeUnder(point);
  const wiring = id === null ? null : firstFitNow({ place: wiringOf(old).from, side: "output" }, id);
  if (wiring) rejoin(old, endsOf(wiring));
  return wiring !== null;
}

const endsOf = ({ from, to }: Wiring): Connection => ({
  source: from[0],
  sourceHandle: from[1],
  target: to[0],
  targetHandle: to[1],
});

function nodeUnder({ x, y }: XY): string | null {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node-step");
  return card?.dataset["id"] ?? null;
}

function firstFitNow(from: WireEnd, id: string): Wiring | null {
  const { catalogue } = useCatalogue.getState();
  return catalogue && firstFit(useEditor.getState().workflow, catalogue, from, id);
}

/** The best wire between a loose end and a node: of the very kind, then to an input that is free. */
export function firstFit(workflow: Workflow, catalogue: Catalogue, { place, side }: WireEnd, id: string): Wiring | null {
  const node = nodeAt(workflow, catalogue, id);
  if (!node) return null;
  const wirings =
    side === "output"
      ? Object.keys(node.inputs).map((port): Wiring => ({ from: place, to: [id, port] }))
      : Object.keys(node.outputs).map((port): Wiring => ({ from: [id, port], to: place }));
  const isOfKind = ({ from, to }: Wiring) => kindOfOutput(workflow, catalogue, from) === kindOfInput(workflow, catalogue, to);
  const isFree = ({ to }: Wiring) => !workflow.nodes[to[0]]?.inputs?.[to[1]];
  const rank = (wiring: Wiring) => (isOfKind(wiring) ? 0 : 2) + (isFree(wiring) ? 0 : 1);
  const fitting = wirings.filter(({ from, to }) => fit(workflow, catalogue, from, to).ok);
  return fitting.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}
