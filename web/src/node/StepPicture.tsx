import { Image } from "lucide-react";
import { memo, useLayoutEffect, useRef, useState } from "react";

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

/** What a step made, as a thumbnail that opens the viewer. */
export const StepPicture = memo(function StepPicture({ id, node }: StepPictureProps) {
  const text = useText().node;
  const title = useServed()(node.title);
  const { canvas, shown } = useThumbnail(useResult(id));
  return (
    <button
      type="button"
      className={classes(styles.picture, "nodrag")}
      style={{ height: PICTURE }}
      aria-label={shown === "picture" ? text.showPicture(title) : text.noPicture}
      title={shown === "lost" ? text.lostPicture : undefined}
      disabled={shown !== "picture"}
      onClick={() => showStep(id)}
    >
      <canvas ref={canvas} width={1} height={1} className={styles.canvas} hidden={shown !== "picture"} />
      {shown !== "picture" && <Image size={22} aria-hidden />}
    </button>
  );
});

function useThumbnail(key: string) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const thumbnail = useRef<Thumbnail>(null);
  const [shown, setShown] = useState<Shown>("nothing");
  useLayoutEffect(() => {
    if (!canvas.current || !key) return;
    thumbnail.current ??= new Thumbnail(canvas.current, setShown);
    thumbnail.current.show(previewUrl(key, SIDE));
  }, [key]);
  return { canvas, shown };
}
