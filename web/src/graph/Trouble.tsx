import { X } from "lucide-react";

import { useCatalogue } from "../server/catalogue";
import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { Problems, type Problem } from "../ui/Problems";
import { showNode } from "./chrome/actions";
import { useEditor } from "./editor";
import styles from "./GraphPage.module.css";

/** Why something could not be opened, and why the latest run could not start or failed. */
export function Trouble({ problems }: { readonly problems: readonly Problem[] }) {
  const { ui } = useText();
  const missing = useCatalogue((state) => state.problems);
  const refused = useEditor((state) => state.refused);
  const all = [...problems, ...missing, ...refused];
  if (!all.length) return null;
  return (
    <div className={styles.trouble}>
      <Problems problems={all} onShow={showNode} />
      {refused.length > 0 && (
        <IconButton label={ui.close} icon={<X size={16} />} onClick={useEditor.getState().dismiss} />
      )}
    </div>
  );
}
