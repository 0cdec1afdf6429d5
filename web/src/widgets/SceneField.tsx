import { useState, type ReactNode } from "react";

import { useText } from "../text/language";
import type { Picture } from "../viewer/picture";
import { classes } from "../ui/classes";
import { Apart } from "./Apart";
import controls from "./controls.module.css";
import { Field } from "./Field";
import type { WidgetProps } from "./props";
import styles from "./SceneField.module.css";

interface SceneFieldProps extends WidgetProps {
  /** What is set, in a few words; null while nothing is. */
  readonly fact: string | null;
  /** What the button does that opens the photo. It says what is set, where something is. */
  readonly open: string;
  readonly onOpen?: () => void;
  /** The dialog, while it is open. */
  readonly children: (picture: Picture, close: () => void) => ReactNode;
}

/** The frame of controls that are drawn on the photo: what is set, and a button to the photo. */
export function SceneField({ fact, open, onOpen, children, ...widget }: SceneFieldProps) {
  const { id, label, scene, setting, disabled } = widget;
  const { widgets } = useText();
  const picture = scene?.image ?? null;
  // While it is open, another run may take the photo away for a moment: the dialog stays on what it was opened on.
  const [opened, setOpened] = useState<Picture | null>(null);
  return (
    <Field {...widget}>
      <button
        id={id}
        type="button"
        className={classes(controls.button, styles.open)}
        aria-label={`${label}: ${fact ?? open}`}
        aria-description={[fact && open, setting.help].filter(Boolean).join(" ")}
        title={picture ? open : widgets.scene.needed}
        disabled={disabled || !picture}
        onClick={() => {
          onOpen?.();
          setOpened(picture);
        }}
      >
        <span className={styles.words}>{fact ?? open}</span>
      </button>
      {opened && <Apart>{children(picture ?? opened, () => setOpened(null))}</Apart>}
    </Field>
  );
}
