import styles from "./ColourField.module.css";

interface ColourFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (colour: string) => void;
}

export function ColourField({ label, value, onChange }: ColourFieldProps) {
  return (
    <input
      type="color"
      className={styles.colour}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
