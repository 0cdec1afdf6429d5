import { ChevronLeft, ChevronRight, Images } from "lucide-react";
import type { KeyboardEvent } from "react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Empty } from "../ui/Empty";
import { Choice } from "./Choice";
import { Compare } from "./Compare";
import { Download } from "./Download";
import { useViewer, type Exhibition } from "./useViewer";
import styles from "./Viewer.module.css";

/** The viewer, while something is shown in it. Mounted once a page. */
export function Viewer() {
  const { exhibition, close } = useViewer();
  if (!exhibition) return null;
  return (
    <Dialog title={exhibition.title} size="full" onClose={close}>
      <Gallery exhibition={exhibition} />
    </Dialog>
  );
}

function Gallery({ exhibition }: { readonly exhibition: Exhibition }) {
  const { viewer } = useText();
  const { leaf, choose } = useViewer.getState();
  const { pictures, before, after, mask = null } = exhibition;
  const [first, second] = [before, after].map((id) => pictures.find((picture) => picture.id === id));
  if (!second) return <Empty icon={<Images size={40} />} title={viewer.empty} />;
  const at = pictures.indexOf(second);
  const turn = ({ key, target }: KeyboardEvent) => {
    // Inputs and lists have arrows of their own; the stage keeps them while there is more picture than it shows.
    if (target instanceof Element && target.closest("input, select")) return;
    if (key === "ArrowRight") leaf(1);
    else if (key === "ArrowLeft") leaf(-1);
  };
  return (
    <div ref={focusFirst} tabIndex={-1} className={styles.gallery} onKeyDown={turn}>
      <div className={styles.bar}>
        <Choice
          label={viewer.before}
          none={viewer.nothing}
          pictures={pictures}
          value={before ?? ""}
          onChange={(id) => choose({ before: id })}
        />
        <Choice label={viewer.after} pictures={pictures} value={second.id} onChange={(id) => choose({ after: id })} />
        <span className={styles.turn}>
          <IconButton
            label={viewer.previous}
            icon={<ChevronLeft size={18} />}
            disabled={at === 0}
            onClick={() => leaf(-1)}
          />
          <IconButton
            label={viewer.next}
            icon={<ChevronRight size={18} />}
            disabled={at === pictures.length - 1}
            onClick={() => leaf(1)}
          />
        </span>
      </div>
      <div className={styles.place}>
        <Compare
          facts
          before={first && first !== second ? first.picture : null}
          after={second.picture}
          mask={mask}
          names={{ before: first?.label ?? "", after: second.label }}
        >
          <Download shown={second} />
        </Compare>
      </div>
    </div>
  );
}

/** Arrows leaf at once: the dialog gives the focus to what says that it wants it. */
const focusFirst = (element: HTMLElement | null): void => element?.setAttribute("autofocus", "");
