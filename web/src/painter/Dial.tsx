import styles from "./Dial.module.css";

interface DialProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value as it is read. */
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

/** A slider with its name and its value. */
export function Dial({ label, value, shown, onChange, ...bounds }: DialProps) {
  return (
    <label className={styles.dial}>
      <span>{label}</span>
      <input
        type="range"
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(Number(event.target.value))}
        {...bounds}
      />
      <span className={styles.value} aria-hidden>
        {shown}
      </span>
    </label>
  );
}
