import { PencilLine } from "lucide-react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { ColourField } from "./ColourField";
import { Dial } from "./Dial";
import styles from "./Painter.module.css";
import { sized, THICKEST, THINNEST, usePen } from "./pen";

interface PenBarProps {
  readonly size: number;
  readonly coloured: boolean;
  readonly onTolerance: (tolerance: number) => void;
}

/** What matters of the tool in the hand. */
export function PenBar({ size, coloured, onTolerance }: PenBarProps) {
  const { painter, ui } = useText();
  const { tool, hardness, tolerance, colour, presses, change } = usePen();
  return (
    <div className={styles.group}>
      {(tool === "brush" || tool === "line") && (
        <Dial
          label={painter.size}
          // Each step of the slider is as much wider, not as many pixels.
          min={Math.log2(THINNEST)}
          max={Math.log2(THICKEST)}
          step={0.05}
          value={Math.log2(size)}
          shown={`${size} px`}
          onChange={(value) => change({ size: sized(2 ** value) })}
        />
      )}
      {tool === "brush" && (
        <Dial
          label={painter.hardness}
          min={0}
          max={1}
          step={0.05}
          value={hardness}
          shown={ui.percent(hardness)}
          onChange={(value) => change({ hardness: value })}
        />
      )}
      {tool === "brush" && (
        <IconButton
          label={painter.pressure}
          icon={<PencilLine size={18} />}
          pressed={presses}
          onClick={() => change({ presses: !presses })}
        />
      )}
      {tool === "flood" && (
        <Dial
          label={painter.tolerance}
          min={0}
          max={0.5}
          step={0.005}
          value={tolerance}
          shown={ui.percent(tolerance)}
          onChange={(value) => {
            change({ tolerance: value });
            onTolerance(value);
          }}
        />
      )}
      {coloured && <ColourField label={painter.colour} value={colour} onChange={(next) => change({ colour: next })} />}
    </div>
  );
}
