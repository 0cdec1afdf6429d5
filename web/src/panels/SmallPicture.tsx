import { ImageOff } from "lucide-react";
import { useState } from "react";

import { useText } from "../text/language";
import { smallUrl, type Picture } from "../viewer/picture";
import styles from "./SmallPicture.module.css";

interface SmallPictureProps {
  readonly picture: Picture | null;
  /** Whether it may still come. */
  readonly isWaiting: boolean;
}

/** A picture of a list; keeps its room where there is none. */
export function SmallPicture({ picture, isWaiting }: SmallPictureProps) {
  const { history } = useText().panels;
  const [broken, setBroken] = useState("");
  const url = picture ? smallUrl(picture, 256) : "";
  if (!url || url === broken)
    return (
      <span className={styles.picture} title={isWaiting ? undefined : history.noPicture}>
        {!isWaiting && <ImageOff size={20} aria-hidden />}
      </span>
    );
  return (
    <span className={styles.picture}>
      <img src={url} alt="" loading="lazy" onError={() => setBroken(url)} />
    </span>
  );
}
