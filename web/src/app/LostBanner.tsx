import { Unplug } from "lucide-react";

import { useRuns } from "../runs/store";
import { useText } from "../text/language";
import styles from "./LostBanner.module.css";

/** Says that the server is away, for as long as it is. */
export function LostBanner() {
  const lost = useRuns((state) => state.connected === false);
  const { app } = useText();
  return (
    <div role="status" className={styles.place}>
      {lost && (
        <p className={styles.banner}>
          <Unplug size={18} aria-hidden /> {app.lost}
        </p>
      )}
    </div>
  );
}
