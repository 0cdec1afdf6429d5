import { ArrowLeftRight, Columns2, Diff, Image, SquareSplitHorizontal } from "lucide-react";

import { useText } from "../text/language";
import { Segmented } from "../ui/Segmented";
import { MODES, type Mode } from "./modes";

const ICONS = {
  slider: <SquareSplitHorizontal size={18} aria-hidden />,
  side: <Columns2 size={18} aria-hidden />,
  difference: <Diff size={18} aria-hidden />,
  blink: <ArrowLeftRight size={18} aria-hidden />,
  one: <Image size={18} aria-hidden />,
} as const;

interface ModeBarProps {
  readonly mode: Mode;
  readonly onChange: (mode: Mode) => void;
}

export function ModeBar({ mode, onChange }: ModeBarProps) {
  const { viewer } = useText();
  const options = MODES.map((value) => ({ value, label: viewer.modes[value], icon: ICONS[value] }));
  return <Segmented label={viewer.ways} options={options} value={mode} onChange={onChange} />;
}
