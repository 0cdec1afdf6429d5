import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  ChevronsDownUp,
  CircleSlash,
  Copy,
  Frame,
  Trash2,
  Workflow,
  type LucideIcon,
} from "lucide-react";

import { useText } from "../../../text/language";
import { IconButton } from "../../../ui/Button";
import styles from "./Arranging.module.css";
import { perform } from "../commands/commands";
import type { CommandId } from "../commands/keys";

const BUTTONS: readonly (readonly [CommandId, LucideIcon])[] = [
  ["alignLeft", AlignStartVertical],
  ["alignCentre", AlignCenterVertical],
  ["alignRight", AlignEndVertical],
  ["alignColumns", AlignHorizontalSpaceAround],
  ["alignTop", AlignStartHorizontal],
  ["alignMiddle", AlignCenterHorizontal],
  ["alignBottom", AlignEndHorizontal],
  ["alignRows", AlignVerticalSpaceAround],
  ["arrange", Workflow],
  ["frame", Frame],
  ["bypass", CircleSlash],
  ["collapse", ChevronsDownUp],
  ["duplicate", Copy],
  ["remove", Trash2],
];

/** What can be done with several things at once. */
export function Arranging() {
  const { names } = useText().graph.commands;
  return (
    <div className={styles.buttons}>
      {BUTTONS.map(([id, Icon]) => (
        <IconButton key={id} look="usual" label={names[id]} icon={<Icon size={18} />} onClick={() => perform(id)} />
      ))}
    </div>
  );
}
