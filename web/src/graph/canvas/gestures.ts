import type {
  FinalConnectionState,
  HandleType,
  OnConnectEnd,
  OnConnectStart,
  OnNodeDrag,
  ReactFlowProps,
} from "@xyflow/react";
import type { KeyboardEvent, MouseEvent as ReactMouseEvent, TouchEvent as ReactTouchEvent } from "react";

import { useEditor } from "../editor";
import { useView, type Pointed } from "../view";
import { cut, endOf, letGo, moveTo } from "./connecting";
import { edgeId, type FlowEdge, type FlowNode } from "./flow";
import { useFlow } from "./flowStore";
import { putOnWire } from "./inserting";

/** What pointers and keys do on the canvas, beyond what React Flow does by itself. */

const startWire: OnConnectStart = (_, { nodeId, handleId, handleType }) =>
  useView.getState().setWiring(endOf(nodeId, handleId, handleType));

const endWire: OnConnectEnd = (event, state) => {
  const { setWiring, taken } = useView.getState();
  setWiring(null);
  // A wire that was taken off ends in endTaken.
  if (!taken) letGo(pointOf(event), state);
};

const takeWire = (_: unknown, edge: FlowEdge): void => useView.getState().setTaken(edge.id);

/** A wire that was taken off its socket: over another card it goes there, over nothing it is gone. */
function endTaken(event: MouseEvent | TouchEvent, edge: FlowEdge, _: HandleType, state: FinalConnectionState): void {
  useView.getState().setTaken(null);
  if (!state.toHandle && !moveTo(edge, pointOf(event))) cut([edge]);
}

function pointOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } {
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}

/** With Alt, the nodes stay and copies of them are put down. */
const startDrag = (event: { readonly altKey: boolean }): void => useFlow.setState({ copying: event.altKey });

const endDrag = (): void => {
  useFlow.setState({ copying: false });
  useEditor.getState().settle();
};

const startNodeDrag: OnNodeDrag<FlowNode> = (event) => startDrag(event);

const endNodeDrag: OnNodeDrag<FlowNode> = (_, node, dragged) => {
  if (dragged.length === 1 && node.type === "step" && !useFlow.getState().copying) putOnWire(node.id);
  endDrag();
};

interface Pressed {
  readonly clientX: number;
  readonly clientY: number;
  readonly preventDefault: () => void;
}

/** What is pointed at is chosen, unless it belongs to what is chosen already. */
function openMenu(event: Pressed, on: Pointed["on"], id = ""): void {
  event.preventDefault();
  const { selected, select } = useEditor.getState();
  if (on === "step" || on === "frame" || on === "note") {
    if (!selected.has(id)) select([id]);
  }
  useView.getState().setPointed({ at: { x: event.clientX, y: event.clientY }, on, id });
}

const flow = {
  onNodeContextMenu: (event, node) => openMenu(event, node.type, node.id),
  onEdgeContextMenu: (event, edge) => openMenu(event, "wire", edge.id),
  onPaneContextMenu: (event) => openMenu(event, "canvas"),
  onSelectionContextMenu: (event, [node]) => node && openMenu(event, node.type, node.id),
  onConnectStart: startWire,
  onConnectEnd: endWire,
  onClickConnectStart: startWire,
  onClickConnectEnd: () => useView.getState().setWiring(null),
  onReconnectStart: takeWire,
  onReconnectEnd: endTaken,
  onNodeDragStart: startNodeDrag,
  onNodeDragStop: endNodeDrag,
  onSelectionDragStart: startDrag,
  onSelectionDragStop: endDrag,
} satisfies ReactFlowProps<FlowNode, FlowEdge>;

/** A double click on the empty canvas asks for a node. */
function onDoubleClick({ target, clientX, clientY }: ReactMouseEvent): void {
  const { flow: canvas, openAdd } = useView.getState();
  if (!canvas || !(target instanceof Element) || !target.classList.contains("react-flow__pane")) return;
  const screen = { x: clientX, y: clientY };
  const { x, y } = canvas.screenToFlowPosition(screen);
  openAdd({ screen, at: [x, y], from: null });
}

/** Delete takes away the wires that are chosen. Those of chosen nodes go with their nodes. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== "Delete" && event.key !== "Backspace") return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (!useEditor.getState().selected.size) cut(useFlow.getState().edges.filter(({ selected }) => selected));
}

/** A press on the socket of an input that is wired takes its wire off, as if the wire's own end had been pressed. */
function takeOff(event: ReactMouseEvent | ReactTouchEvent): void {
  const { target, currentTarget } = event;
  const point = "touches" in event ? event.touches[0] : event;
  if (!point || !(target instanceof Element)) return;
  const socket = target.closest<HTMLElement>(".react-flow__handle.target");
  const id = edgeId([socket?.dataset["nodeid"] ?? "", socket?.dataset["handleid"] ?? ""]);
  const end = socket && currentTarget.querySelector(`[data-id="${CSS.escape(id)}"] .react-flow__edgeupdater-target`);
  if (!end) return;
  event.stopPropagation();
  const { clientX, clientY } = point;
  end.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: "button" in event ? event.button : 0, clientX, clientY }));
}

export const gestures = { flow, onDoubleClick, onKeyDown, takeOff };
