import { useEffect, useState } from "react";

import { useText } from "../text/language";
import { areaOf, CHANNELS, countTones, peakOf, type Tones } from "./tones";
import styles from "./Histogram.module.css";
import type { Picture } from "./picture";
import { pixelsOf } from "./pixels";

interface HistogramProps {
  readonly picture: Picture;
  readonly title: string;
}

/** How dark and light a picture is: how many of its pixels have each tone, by colour. */
export function Histogram({ picture, title }: HistogramProps) {
  const { viewer } = useText();
  const tones = useTones(picture);
  const peak = tones ? peakOf(tones) : 1;
  return (
    <figure className={styles.histogram}>
      <figcaption>{title}</figcaption>
      <svg viewBox="0 0 255 100" preserveAspectRatio="none" role="img" aria-label={viewer.tones(title)}>
        {tones && CHANNELS.map((channel) => (
          <path key={channel} className={styles[channel]} d={areaOf(tones[channel], peak)} />
        ))}
      </svg>
    </figure>
  );
}

/** Those of the picture before stay until the new ones are counted. */
function useTones(picture: Picture): Tones | null {
  const [tones, setTones] = useState<Tones | null>(null);
  useEffect(() => {
    let current = true;
    pixelsOf(picture).then(
      ({ data }) => current && setTones(countTones(data)),
      () => current && setTones(null),
    );
    return () => {
      current = false;
    };
  }, [picture]);
  return tones;
}
