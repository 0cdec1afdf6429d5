import styles from "./Refusal.module.css";

interface RefusalProps {
  readonly words: string | null;
}

/** Why what was typed is not taken. It lies over what is below, so that nothing jumps. */
export function Refusal({ words }: RefusalProps) {
  if (!words) return null;
  return (
    <span role="alert" className={styles.refusal}>
      {words}
    </span>
  );
}
