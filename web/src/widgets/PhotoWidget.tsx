import { ImagePlus } from "lucide-react";
import { useState } from "react";

import { useText } from "../text/language";
import { Apart } from "./Apart";
import controls from "./controls.module.css";
import { Field } from "./Field";
import { nameOf, thumbnailOf } from "./photos";
import { PhotoPicker } from "./PhotoPicker";
import styles from "./PhotoWidget.module.css";
import type { WidgetProps } from "./props";

/** A photo: one that is kept, a new one, or the sample. */
export function PhotoWidget(props: WidgetProps) {
  const { id, label, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const [isOpen, setOpen] = useState(false);
  const photo = typeof value === "string" ? value : "";
  const thumbnail = thumbnailOf(photo, 128);
  return (
    <Field {...props} layout="block">
      <button
        id={id}
        type="button"
        className={styles.photo}
        aria-labelledby={`${id}-label ${id}-name`}
        aria-description={setting.help || undefined}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        <span className={styles.picture}>
          {thumbnail ? <img src={thumbnail} alt="" loading="lazy" /> : <ImagePlus size={18} aria-hidden />}
        </span>
        <span id={`${id}-name`} className={controls.fact}>
          {photo ? nameOf(photo) : widgets.photo.choose}
        </span>
      </button>
      {isOpen && (
        <Apart>
          <PhotoPicker label={label} value={photo} onChoose={onChange} onClose={() => setOpen(false)} />
        </Apart>
      )}
    </Field>
  );
}
