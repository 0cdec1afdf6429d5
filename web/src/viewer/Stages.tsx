import { useImperativeHandle, useMemo, useRef, type Ref } from "react";

import { classes } from "../ui/classes";
import { endAt, layersOf, seen, type End, type Pair, type Way } from "./modes";
import { Divider } from "./Divider";
import type { StageHandle } from "./Layers";
import { Pane } from "./Pane";
import type { Layer } from "./Slot";
import styles from "./Stages.module.css";
import { useInStep, type InStep } from "./useInStep";
import { useSize } from "./useSize";
import { isStacked, type Point, type View } from "./view";

interface StagesProps {
  readonly pair: Pair;
  readonly way: Way;
  readonly names: Readonly<Record<End, string>>;
  /** What lies over either picture. */
  readonly over: readonly Layer[];
  /** How many times as bright the difference is. */
  readonly gain: number;
  readonly onDivide: (divider: number) => void;
  /** As it was last told. */
  readonly view: View | null;
  readonly onView: (view: View) => void;
  /** What is pointed at, and in which of the two; null where it is neither. */
  readonly onPoint: (point: Point | null, end: End | null) => void;
  readonly ref: Ref<StageHandle>;
}

/** Two pictures in one stage, or side by side in two that move in step. */
export function Stages({ pair, way, names, over, gain, onDivide, view, onView, onPoint, ref }: StagesProps) {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const { main, aside, lead, moved } = useInStep();
  useImperativeHandle(ref, () => leading({ main, lead }), [main, lead]);
  const layers = useMemo(() => [...layersOf(pair, way), ...over], [pair, way, over]);
  const { before, after } = pair;
  const asides = useMemo(() => (before ? [{ id: "before", picture: before }, ...over] : []), [before, over]);
  const both = !!before && !!after;
  const sides = both && way.mode === "side";
  return (
    <div ref={element} className={classes(styles.stages, size && view && isStacked(size, view) && styles.stacked)}>
      {sides && (
        <Pane
          ref={aside}
          layers={asides}
          main="before"
          label={names.before}
          onLead={() => lead("aside")}
          onView={(now) => moved("aside", now)}
          onPoint={(point) => onPoint(point, point && "before")}
        >
          <span className={styles.name}>{names.before}</span>
        </Pane>
      )}
      <Pane
        ref={main}
        layers={layers}
        main={after ? "after" : "before"}
        label={(sides ? (["after"] as const) : seen(pair, way)).map((end) => names[end]).join(", ")}
        gain={both && way.mode === "difference" ? gain : 1}
        onLead={() => lead("main")}
        onView={(now) => {
          moved("main", now);
          onView(now);
        }}
        onPoint={(point, share) => onPoint(point, point && endAt(pair, way, share))}
      >
        {both && <Names way={way} names={names} />}
        {both && way.mode === "slider" && <Divider at={way.divider} onMove={onDivide} />}
      </Pane>
    </div>
  );
}

function Names({ way: { mode, end }, names }: Pick<StagesProps, "way" | "names">) {
  if (mode === "difference") return null;
  if (mode === "side") return <span className={styles.name}>{names.after}</span>;
  if (mode !== "slider") return <span className={styles.name}>{names[end]}</span>;
  return (
    <>
      <span className={styles.name}>{names.before}</span>
      <span className={styles.second}>{names.after}</span>
    </>
  );
}

/** What is done to the main stage from outside, the other goes with. */
function leading({ main, lead }: Pick<InStep, "main" | "lead">): StageHandle {
  const act = (how: (stage: StageHandle) => void) => {
    lead("main");
    if (main.current) how(main.current);
  };
  return {
    fit: () => act((stage) => stage.fit()),
    zoomTo: (percent) => act((stage) => stage.zoomTo(percent)),
    zoomBy: (factor) => act((stage) => stage.zoomBy(factor)),
    panBy: (across, down) => act((stage) => stage.panBy(across, down)),
    follow: (view) => act((stage) => stage.follow(view)),
  };
}
