import { useId } from "react";

import styles from "./Choice.module.css";
import type { Named } from "./useViewer";

interface ChoiceProps {
  readonly label: string;
  readonly pictures: readonly Named[];
  /** What no picture is called, where none may be chosen. */
  readonly none?: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** One of the pictures. */
export function Choice({ label, pictures, none, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <span className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {pictures.map((picture) => (
          <option key={picture.id} value={picture.id}>
            {picture.label}
          </option>
        ))}
      </select>
    </span>
  );
}
