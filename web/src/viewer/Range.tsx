import styles from "./Range.module.css";

interface RangeProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A short slider and what it is for. */
export function Range({ label, value, onChange, ...bounds }: RangeProps) {
  return (
    <label className={styles.range}>
      {label}
      <input type="range" value={value} onChange={(event) => onChange(Number(event.target.value))} {...bounds} />
    </label>
  );
}
