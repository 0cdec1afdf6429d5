import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";

import { sameJson } from "../document/json";
import { useText } from "../text/language";
import { classes } from "../ui/classes";
import styles from "./Field.module.css";
import type { WidgetProps } from "./props";

interface FieldProps extends WidgetProps {
  /** A row has the control beside its label, a block below it. */
  readonly layout?: "row" | "block";
  /** Beside the label of a block. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every widget: its label, its help, and a way back to the default. */
export function Field({ layout = "row", aside, children, ...widget }: FieldProps) {
  const { id, label, setting } = widget;
  return (
    <div className={classes(styles.field, styles[layout])}>
      <span className={styles.head}>
        <label htmlFor={id} id={`${id}-label`} className={styles.label} title={setting.help || undefined}>
          {label}
        </label>
        <Reset {...widget} />
        {aside}
      </span>
      <div className={classes(styles.control, "nodrag")}>{children}</div>
    </div>
  );
}

/** Keeps its room where there is nothing to reset. */
function Reset({ label, setting, value, onChange, disabled }: WidgetProps) {
  const { widgets } = useText();
  if (disabled || sameJson(value, setting.default)) return <span className={styles.reset} />;
  return (
    <button
      type="button"
      className={classes(styles.reset, "nodrag")}
      aria-label={widgets.reset(label)}
      title={widgets.reset(label)}
      onClick={() => onChange(setting.default)}
    >
      <RotateCcw size={13} aria-hidden />
    </button>
  );
}
