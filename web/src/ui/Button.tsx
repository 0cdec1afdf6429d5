import type { ComponentProps, ReactNode } from "react";

import styles from "./Button.module.css";
import { classes } from "./classes";

interface ButtonProps extends ComponentProps<"button"> {
  /** One primary button a view at most: what most people want next. */
  readonly look?: "primary" | "usual" | "quiet" | "danger";
  readonly icon?: ReactNode;
}

export function Button({ look = "usual", icon, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={classes(styles.button, styles[look], className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children"> {
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Of a button that stays pressed. */
  readonly pressed?: boolean;
}

export function IconButton({ label, icon, look = "quiet", pressed, className, ...rest }: IconButtonProps) {
  return (
    <Button
      look={look}
      className={classes(styles.icon, className)}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      icon={icon}
      {...rest}
    />
  );
}
