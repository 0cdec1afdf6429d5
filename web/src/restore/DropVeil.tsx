import { ImageDown } from "lucide-react";

import { useText } from "../text/language";
import styles from "./DropVeil.module.css";

/** Lies over the page while photos hover over it. */
export function DropVeil() {
  const { restore } = useText();
  return (
    <div className={styles.veil}>
      <p className={styles.words}>
        <ImageDown size={56} strokeWidth={1.25} aria-hidden />
        {restore.letGo}
      </p>
    </div>
  );
}
