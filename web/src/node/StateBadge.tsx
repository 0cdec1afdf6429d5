import { CircleAlert, CircleCheck, CirclePause, CircleSlash, Clock, History, LoaderCircle, type LucideIcon } from "lucide-react";

import { useShownStep } from "../graph/shown";
import { useText } from "../text/language";
import { lookOf, type Look } from "./state";
import styles from "./StateBadge.module.css";

const ICONS: Readonly<Partial<Record<Look, LucideIcon>>> = {
  waiting: Clock,
  running: LoaderCircle,
  kept: History,
  done: CircleCheck,
  failed: CircleAlert,
  blocked: CirclePause,
  leftOut: CircleSlash,
};

/** How a node's step stands, as one sign; nothing where there is nothing to say. */
export function StateBadge({ id }: { readonly id: string }) {
  const { states } = useText().node;
  const look = lookOf(useShownStep(id));
  const Icon = ICONS[look];
  if (!Icon) return null;
  return (
    <span className={styles.badge} data-look={look} role="img" aria-label={states[look]} title={states[look]}>
      <Icon size={15} aria-hidden />
    </span>
  );
}
