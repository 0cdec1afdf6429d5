import styles from "./Progress.module.css";

interface ProgressProps {
  /** 0..1; null where nobody knows how far it is. */
  readonly share: number | null;
  readonly label: string;
}

export function Progress({ share, label }: ProgressProps) {
  return (
    <progress className={styles.progress} aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
  );
}
