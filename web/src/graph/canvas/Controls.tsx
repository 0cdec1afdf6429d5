import { MiniMap, Panel, useStore } from "@xyflow/react";
import { Magnet, Map as MapIcon, Maximize, Minus, Plus } from "lucide-react";

import { useText } from "../../text/language";
import { IconButton } from "../../ui/Button";
import { fitAll, useView, zoomIn, zoomOut, zoomToFull } from "../view";
import styles from "./Controls.module.css";
import type { FlowNode } from "./flow";

/** How the graph is looked at: zoom, grid, map. */
export function Controls() {
  const { canvas } = useText().graph;
  const { snap, minimap, setSnap, setMinimap } = useView();
  return (
    <>
      <Panel position="bottom-left">
        <div role="toolbar" aria-label={canvas.view} className={styles.controls}>
          <IconButton label={canvas.zoomOut} icon={<Minus size={18} />} onClick={zoomOut} />
          <Zoom label={canvas.zoomFull} />
          <IconButton label={canvas.zoomIn} icon={<Plus size={18} />} onClick={zoomIn} />
          <IconButton label={canvas.fit} icon={<Maximize size={18} />} onClick={fitAll} />
          <IconButton label={canvas.snap} icon={<Magnet size={18} />} pressed={snap} onClick={() => setSnap(!snap)} />
          <IconButton label={canvas.showMinimap} icon={<MapIcon size={18} />} pressed={minimap} onClick={() => setMinimap(!minimap)} />
        </div>
      </Panel>
      {minimap && (
        <MiniMap<FlowNode> className={styles.minimap} pannable zoomable nodeColor={colourOf} nodeBorderRadius={8} nodeStrokeColor="var(--line-strong)" nodeStrokeWidth={6} />
      )}
    </>
  );
}

/** In whole percent; a click goes to 100. */
function Zoom({ label }: { readonly label: string }) {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <button type="button" className={styles.zoom} title={label} onClick={zoomToFull}>
      {percent} %<span className="visually-hidden">, {label}</span>
    </button>
  );
}

const colourOf = ({ type, selected }: FlowNode): string =>
  selected ? "var(--accent)" : type === "frame" ? "var(--accent-soft)" : "var(--line)";
