import { X } from "lucide-react";

import { useCatalogue } from "../server/catalogue";
import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { Problems, type Problem } from "../ui/Problems";
import { showNode } from "./chrome/commands/actions";
import { useEditor } from "./editor";
import styles from "./GraphPage.module.css";

interface TroubleProps {
  /** Why something could not be opened. */
  readonly problems: readonly Problem[];
  readonly onClose: () => void;
}

/** Why something could not be opened, and why the latest run could not start. */
export function Trouble({ problems, onClose }: TroubleProps) {
  const { ui } = useText();
  const missing = useCatalogue((state) => state.problems);
  const refused = useEditor((state) => state.refused);
  const all = [...problems, ...missing, ...refused];
  if (!all.length) return null;
  const close = () => {
    useEditor.getState().dismiss();
    onClose();
  };
  return (
    <div className={styles.trouble}>
      <Problems problems={all} onShow={showNode} />
      {all.length > missing.length && <IconButton label={ui.close} icon={<X size={16} />} onClick={close} />}
    </div>
  );
}
