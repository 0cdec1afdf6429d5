import "@xyflow/react/dist/base.css";

import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  getNodesBounds,
  getViewportForBounds,
  ReactFlow,
  SelectionMode,
  type NodeTypes,
  type OnMove,
  type Viewport,
} from "@xyflow/react";
import { startTransition, useCallback, useEffect, useState } from "react";

import { useText } from "../../text/language";
import { useEditor } from "../editor";
import { CANVAS, useView } from "../view";
import { ariaLabels } from "./ariaLabels";
import styles from "./Canvas.module.css";
import { ContextMenu } from "./ContextMenu";
import { Controls } from "./Controls";
import { fits, join, rejoin } from "./connecting";
import { Far, isFarAt } from "./far";
import { useFlow } from "./flowStore";
import { FrameBox } from "./FrameBox";
import type { FlowNode } from "./flow";
import { gestures } from "./gestures";
import { NoteBox } from "./NoteBox";
import { Reason } from "./Reason";
import { StepBox } from "./StepBox";
import { useDimmed } from "./useDimmed";
import { Wire } from "./Wire";
import { WireInHand } from "./WireInHand";

/** Names that React Flow finds what it draws by. They are constants: others would make it draw everything anew. */
const NODE_TYPES: NodeTypes = { step: StepBox, frame: FrameBox, note: NoteBox };
const EDGE_TYPES = { wire: Wire };
const GRID: [number, number] = [16, 16];
const LEAST_ZOOM = 0.05;
const MOST_ZOOM = 2.5;
/** Left and middle button. */
const PAN_BUTTONS = [0, 1];
const MORE_KEYS = ["Meta", "Control", "Shift"];

/** The graph, as soon as it is known how much room there is: everything is in sight at first. */
export function Canvas() {
  const [room, setRoom] = useState<Room | null>(null);
  const copying = useFlow((state) => state.copying);
  useDimmed();
  const measure = useCallback((element: HTMLElement | null) => {
    if (element) setRoom({ width: element.clientWidth, height: element.clientHeight });
  }, []);
  return (
    <div
      id={CANVAS}
      ref={measure}
      className={styles.canvas}
      data-copying={copying}
      onDoubleClick={gestures.onDoubleClick}
      onKeyDown={gestures.onKeyDown}
      onKeyUp={useEditor.getState().settle}
      onMouseDownCapture={gestures.takeOff}
      onTouchStartCapture={gestures.takeOff}
    >
      {room && <Graph room={room} />}
      <ContextMenu />
    </div>
  );
}

/** Drawn by React Flow: what it shows lives in `useFlow`, what it does is in `gestures`. */
function Graph({ room }: { readonly room: Room }) {
  const { nodes, edges, onNodesChange, onEdgesChange } = useFlow();
  const snap = useView((state) => state.snap);
  const { canvas } = useText().graph;
  const [first] = useState(() => viewOf(nodes, room));
  useEffect(() => () => useView.getState().setFlow(null), []);
  const [far, follow] = useFarView(first.zoom, nodes.length);
  return (
    <Far value={far}>
      <ReactFlow
        nodes={nodes as (typeof nodes)[number][]}
        edges={edges as (typeof edges)[number][]}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        defaultViewport={first}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onInit={useView.getState().setFlow}
        onMove={follow}
        onConnect={join}
        onReconnect={rejoin}
        isValidConnection={fits}
        {...gestures.flow}
        connectionLineComponent={WireInHand}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        snapToGrid={snap}
        snapGrid={GRID}
        minZoom={LEAST_ZOOM}
        maxZoom={MOST_ZOOM}
        onlyRenderVisibleElements
        zIndexMode="manual"
        zoomOnDoubleClick={false}
        panOnDrag={PAN_BUTTONS}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={MORE_KEYS}
        deleteKeyCode={null}
        ariaLabelConfig={ariaLabels(canvas)}
        aria-label={canvas.label}
        attributionPosition="top-right"
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID[0] * 2} size={1.5} color="var(--line)" />
        <Controls />
        <Reason />
      </ReactFlow>
    </Far>
  );
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Everything in sight, and nothing larger than it is. */
const viewOf = (nodes: readonly FlowNode[], { width, height }: Room): Viewport =>
  nodes.length
    ? getViewportForBounds(getNodesBounds([...nodes]), width, height, LEAST_ZOOM, 1, 0.1)
    : { x: width / 2, y: height / 2, zoom: 1 };

/** Whether simple cards do; the change is drawn when there is time, so that zooming stays smooth. */
function useFarView(zoomAtFirst: number, nodes: number): readonly [far: boolean, follow: OnMove] {
  const [far, setFar] = useState(isFarAt(zoomAtFirst, nodes));
  const follow: OnMove = useCallback((_, { zoom }) => startTransition(() => setFar(isFarAt(zoom, nodes))), [nodes]);
  return [far, follow];
}
