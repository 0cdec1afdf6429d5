import { BadgeCheck, Ban, CircleQuestionMark } from "lucide-react";

import type { ModelJson } from "../server/api";
import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import { useFigures } from "../text/figures";
import styles from "./ModelFacts.module.css";

/** What one should know of a model file before it is downloaded. */
export function ModelFacts({ model, note }: { readonly model: ModelJson; readonly note?: string }) {
  const { panels } = useText();
  const served = useServed();
  const { bytes } = useFigures();
  return (
    <div className={styles.facts}>
      {model.about && <p>{served(model.about)}</p>}
      {note && <p className={styles.quiet}>{note}</p>}
      <p className={styles.line}>
        <span>{model.bytes === null ? `${panels.model.size}: ${panels.model.unknownSize}` : bytes(model.bytes)}</span>
        <Money commercial={model.commercial} />
      </p>
      <p className={styles.quiet}>
        {panels.model.licence}: {model.licence || panels.model.noLicence}
      </p>
    </div>
  );
}

function Money({ commercial }: { readonly commercial: boolean | null }) {
  const { model } = useText().panels;
  if (commercial === null)
    return (
      <span className={classes(styles.money, styles.unknown)}>
        <CircleQuestionMark size={14} aria-hidden /> {model.commercialUnknown}
      </span>
    );
  return commercial ? (
    <span className={classes(styles.money, styles.yes)}>
      <BadgeCheck size={14} aria-hidden /> {model.commercialYes}
    </span>
  ) : (
    <span className={classes(styles.money, styles.no)}>
      <Ban size={14} aria-hidden /> {model.commercialNo}
    </span>
  );
}
