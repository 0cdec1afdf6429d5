import { ChartArea, SquareDashed } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import styles from "./Compare.module.css";
import { Facts, type Pointed } from "./Facts";
import { Histograms } from "./Histograms";
import type { StageHandle } from "./Layers";
import { ModeBar } from "./ModeBar";
import { otherOf, seen, type End } from "./modes";
import type { Picture } from "./picture";
import { Stages } from "./Stages";
import { useMask } from "./useMask";
import { useSteady } from "./useSteady";
import { useWay, type ChosenWay } from "./useWay";
import { zoomOf, type View } from "./view";
import { WayTools } from "./WayTools";
import { ZoomBar } from "./ZoomBar";

interface CompareProps {
  readonly before: Picture | null;
  readonly after: Picture | null;
  /** An overlay that can be switched on. */
  readonly mask?: Picture | null;
  /** What the two are called; before and after where left out. */
  readonly names?: Readonly<Record<End, string>>;
  /** Whether to tell the picture's size and the colour under the pointer, and offer the histogram. */
  readonly facts?: boolean;
  /** Further things in the bar, such as a download. */
  readonly children?: ReactNode;
}

/** Two pictures, compared in the way that is chosen, at one zoom and place; one alone where there is but one. */
export function Compare({ before: first, after: second, mask: third, names, facts = false, children }: CompareProps) {
  const { viewer } = useText();
  const [before, after] = [useSteady(first), useSteady(second)];
  const pair = useMemo(() => ({ before, after }), [before, after]);
  const mask = useMask(useSteady(third ?? null));
  const chosen = useWay();
  const [view, setView] = useState<View | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [tones, setTones] = useState(false);
  const stage = useRef<StageHandle>(null);
  const both = !!before && !!after;
  const called = names ?? viewer;
  return (
    <div className={styles.compare} onKeyDown={(event) => both && swap(event, chosen)}>
      <div className={styles.place}>
        <Stages
          ref={stage}
          pair={pair}
          way={chosen.way}
          names={called}
          over={mask.layers}
          gain={chosen.gain}
          onDivide={chosen.divide}
          view={view}
          onView={setView}
          onPoint={(point, end) => facts && setPointed(point && end && { point, end })}
        />
        <WayTools chosen={chosen} names={called} mask={mask} both={both} />
        {tones && <Histograms pair={pair} ends={seen(pair, chosen.way)} names={called} />}
      </div>
      <div className={styles.bar}>
        {both && <ModeBar mode={chosen.way.mode} onChange={chosen.choose} />}
        {third && (
          <IconButton
            label={viewer.mask}
            icon={<SquareDashed size={18} />}
            pressed={mask.on}
            onClick={() => mask.change({ on: !mask.on })}
          />
        )}
        <span className={styles.facts}>{facts && view && <Facts pair={pair} view={view} pointed={pointed} />}</span>
        <span className={styles.rest}>
          {facts && (
            <IconButton
              label={viewer.histogram}
              icon={<ChartArea size={18} />}
              pressed={tones}
              onClick={() => setTones(!tones)}
            />
          )}
          <ZoomBar stage={stage} zoom={view && zoomOf(view, window.devicePixelRatio)} />
          {children}
        </span>
      </div>
    </div>
  );
}

/** Space on the stage shows the other one, where only one is seen. */
function swap(event: KeyboardEvent, { way: { mode, end }, blink }: ChosenWay): void {
  const onStage = event.target instanceof Element && event.target.getAttribute("role") === "application";
  if (event.key !== " " || !onStage || (mode !== "blink" && mode !== "one")) return;
  event.preventDefault();
  if (mode === "blink") blink.play(false);
  blink.show(otherOf(end));
}
