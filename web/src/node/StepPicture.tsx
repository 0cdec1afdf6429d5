import { Image } from "lucide-react";
import { memo, useLayoutEffect, useRef, useState } from "react";

import { useShownSketch } from "../graph/shown";
import { previewUrl } from "../server/addresses";
import type { NodeJson } from "../server/api";
import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import { PICTURE } from "./layout";
import { showStep } from "./showStep";
import styles from "./StepPicture.module.css";
import { Thumbnail } from "./Thumbnail";
import { useResult } from "./useResult";

/** Enough for a card at zoom 1 on a fine screen. */
const SIDE = 384;

interface StepPictureProps {
  readonly id: string;
  readonly node: NodeJson;
}

type Shown = "nothing" | "picture" | "lost";

/** What a step made, as a thumbnail that opens the viewer; while it works, what it has so far. */
export const StepPicture = memo(function StepPicture({ id, node }: StepPictureProps) {
  const text = useText().node;
  const title = useServed()(node.title);
  const { canvas, shown, sketch } = useThumbnail(useResult(id), useShownSketch(id));
  const label = shown === "picture" ? text.showPicture(title) : text.noPicture;
  return (
    <button
      type="button"
      className={classes(styles.picture, "nodrag")}
      style={{ height: PICTURE }}
      aria-label={sketch ? text.takingShape(title) : label}
      title={shown === "lost" ? text.lostPicture : undefined}
      disabled={sketch !== "" || shown !== "picture"}
      onClick={() => showStep(id)}
    >
      <canvas ref={canvas} width={1} height={1} className={styles.canvas} hidden={sketch !== "" || shown !== "picture"} />
      {sketch && <img src={sketch} alt="" className={styles.canvas} />}
      {!sketch && shown !== "picture" && <Image size={22} aria-hidden />}
    </button>
  );
});

/** The last sketch stays until the picture is there: in between, nothing flashes. */
function useThumbnail(key: string, sketch: string) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const thumbnail = useRef<Thumbnail>(null);
  const [shown, setShown] = useState<Shown>("nothing");
  const [last, setLast] = useState("");
  const lasting = sketch || (key && last);
  if (lasting !== last) setLast(lasting);
  useLayoutEffect(() => {
    if (!canvas.current || !key) return;
    thumbnail.current ??= new Thumbnail(canvas.current, (now) => {
      setShown(now);
      setLast("");
    });
    thumbnail.current.show(previewUrl(key, SIDE));
  }, [key]);
  return { canvas, shown, sketch: lasting };
}
