import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Problems, type Problem } from "../ui/Problems";
import styles from "./Failed.module.css";

interface FailedProps {
  readonly problems: readonly Problem[];
  readonly onRetry: () => Promise<void>;
}

/** What could not be read, and another try. */
export function Failed({ problems, onRetry }: FailedProps) {
  const { app } = useText();
  return (
    <div className={styles.failed}>
      <Problems problems={problems} />
      <Button onClick={() => void onRetry()}>{app.retry}</Button>
    </div>
  );
}
