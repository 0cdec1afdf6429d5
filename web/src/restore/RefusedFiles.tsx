import { X } from "lucide-react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import styles from "./RefusedFiles.module.css";
import { useRestore } from "./store";

/** Which files were not added, and what to do instead. */
export function RefusedFiles() {
  const { restore } = useText();
  const refused = useRestore((state) => state.refused);
  const refuse = useRestore((state) => state.refuse);
  if (!refused.length) return null;
  return (
    <div role="alert" className={styles.notice}>
      <div className={styles.words}>
        <h2>{restore.refused.title}</h2>
        <ul>
          {refused.map(({ name, why }) => (
            <li key={name}>{restore.refused[why](name)}</li>
          ))}
        </ul>
      </div>
      <IconButton label={restore.refused.close} icon={<X size={18} />} onClick={() => refuse([])} />
    </div>
  );
}
