import { Eraser } from "lucide-react";
import { useState, type ReactNode } from "react";

import { useText } from "../text/language";
import type { Picture } from "../viewer/picture";
import { classes } from "../ui/classes";
import controls from "./controls.module.css";
import { Field } from "./Field";
import type { WidgetProps } from "./props";
import styles from "./SceneField.module.css";

interface SceneFieldProps extends WidgetProps {
  /** What is set, in a few words; null while nothing is. */
  readonly fact: string | null;
  /** What the button does that opens the photo. It says what is set, where something is. */
  readonly open: string;
  /** Takes all away; nothing where there is nothing. */
  readonly onClear?: (() => void) | undefined;
  /** The dialog, while it is open. */
  readonly children: (picture: Picture, close: () => void) => ReactNode;
}

/** The frame of controls that are drawn on the photo: what is set, and a button to the photo. */
export function SceneField({ fact, open, onClear, children, ...widget }: SceneFieldProps) {
  const { id, label, scene, setting, disabled } = widget;
  const { widgets } = useText();
  const [isOpen, setOpen] = useState(false);
  const picture = scene?.image ?? null;
  return (
    <Field {...widget}>
      {onClear && (
        <button
          type="button"
          className={controls.tool}
          aria-label={`${widgets.clear}: ${label}`}
          title={widgets.clear}
          disabled={disabled}
          onClick={onClear}
        >
          <Eraser size={14} aria-hidden />
        </button>
      )}
      <button
        id={id}
        type="button"
        className={classes(controls.button, styles.open)}
        aria-label={`${label}: ${open}`}
        aria-description={[fact, setting.help].filter(Boolean).join(". ")}
        title={picture ? open : widgets.scene.needed}
        disabled={disabled || !picture}
        onClick={() => setOpen(true)}
      >
        {fact ?? open}
      </button>
      {isOpen && picture && children(picture, () => setOpen(false))}
    </Field>
  );
}
