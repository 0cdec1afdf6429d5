import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import type { RefObject } from "react";

import { useText } from "../text/language";
import { Button, IconButton } from "../ui/Button";
import type { StageHandle } from "./Stage";
import styles from "./ZoomBar.module.css";

interface ZoomBarProps {
  readonly stage: RefObject<StageHandle | null>;
  /** The screen's pixels for one of the picture; null while there is none. */
  readonly zoom: number | null;
}

const STEP = 1.5;

export function ZoomBar({ stage, zoom }: ZoomBarProps) {
  const { viewer, ui } = useText();
  return (
    <div className={styles.bar} role="group" aria-label={viewer.zoom}>
      <IconButton label={viewer.zoomOut} icon={<ZoomOut size={18} />} onClick={() => stage.current?.zoomBy(1 / STEP)} />
      <span className={styles.zoom}>{zoom === null ? "" : ui.percent(zoom)}</span>
      <IconButton label={viewer.zoomIn} icon={<ZoomIn size={18} />} onClick={() => stage.current?.zoomBy(STEP)} />
      <IconButton label={viewer.fit} icon={<Maximize size={18} />} onClick={() => stage.current?.fit()} />
      <Button look="quiet" className={styles.pixels} title={viewer.pixels} onClick={() => stage.current?.zoomTo(100)}>
        1:1
      </Button>
    </div>
  );
}
