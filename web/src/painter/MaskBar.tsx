import { Contrast, Eye, EyeOff } from "lucide-react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { ColourField } from "./ColourField";
import { Dial } from "./Dial";
import styles from "./Painter.module.css";
import { usePen } from "./pen";

interface MaskBarProps {
  readonly tint: string;
  readonly coloured: boolean;
  /** The photo alone, as long as the button is held. */
  readonly onPeek: (on: boolean) => void;
}

/** How the mask is shown. */
export function MaskBar({ tint, coloured, onPeek }: MaskBarProps) {
  const { painter, ui } = useText();
  const { visible, opacity, change } = usePen();
  return (
    <div className={styles.group} role="group" aria-label={painter.mask}>
      <IconButton
        label={painter.show}
        icon={visible ? <Eye size={18} /> : <EyeOff size={18} />}
        pressed={visible}
        onClick={() => change({ visible: !visible })}
      />
      <IconButton
        label={painter.peek}
        icon={<Contrast size={18} />}
        onPointerDown={() => onPeek(true)}
        onPointerUp={() => onPeek(false)}
        onPointerLeave={() => onPeek(false)}
      />
      {!coloured && <ColourField label={painter.tint} value={tint} onChange={(colour) => change({ tint: colour })} />}
      <Dial
        label={painter.opacity}
        min={0.1}
        max={1}
        step={0.05}
        value={opacity}
        shown={ui.percent(opacity)}
        onChange={(value) => change({ opacity: value })}
      />
    </div>
  );
}
