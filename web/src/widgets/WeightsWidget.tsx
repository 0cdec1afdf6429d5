import { CloudDownload, Info } from "lucide-react";
import { useState } from "react";

import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import { Apart } from "./Apart";
import { Field } from "./Field";
import { useModels } from "../server/models";
import { useModel } from "./models";
import { ModelPicker } from "./ModelPicker";
import { NameSelect } from "./NameSelect";
import type { WidgetProps } from "./props";
import styles from "./WeightsWidget.module.css";

/** A model, or a way that needs none. The button beside it tells of each, and fetches those that are not here. */
export function WeightsWidget(props: WidgetProps) {
  const { label, setting, value, onChange, disabled } = props;
  const { widgets } = useText();
  const served = useServed();
  const [isOpen, setOpen] = useState(false);
  const chosen = typeof value === "string" ? value : String(value);
  const model = useModel(chosen);
  const titles = useModels((state) => state.models);
  const options = setting.models ?? [];
  const isMissing = model?.present === false;
  const about = isMissing ? widgets.weights.missing(label) : widgets.weights.about(label);
  return (
    <Field {...props}>
      <NameSelect {...props} names={options} titleOf={(name) => served(titles?.get(name)?.title ?? name)} />
      <button
        type="button"
        className={classes(styles.about, isMissing && styles.missing)}
        aria-label={about}
        title={about}
        onClick={() => setOpen(true)}
      >
        {isMissing ? <CloudDownload size={16} aria-hidden /> : <Info size={15} aria-hidden />}
      </button>
      {isOpen && (
        <Apart>
          <ModelPicker
            label={label}
            names={options}
            recommended={setting.default}
            value={chosen}
            onChange={onChange}
            onClose={() => setOpen(false)}
            disabled={disabled}
          />
        </Apart>
      )}
    </Field>
  );
}
