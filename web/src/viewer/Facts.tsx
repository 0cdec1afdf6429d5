import { useEffect, useState } from "react";

import { useText } from "../text/language";
import type { End, Pair } from "./modes";
import styles from "./Facts.module.css";
import { colourAt, pixelsOf, type Colour } from "./pixels";
import type { Picture } from "./picture";
import type { Point, View } from "./view";

export interface Pointed {
  readonly point: Point;
  readonly end: End;
}

interface FactsProps {
  readonly pair: Pair;
  readonly view: View;
  readonly pointed: Pointed | null;
}

/** How large the picture is, and the colour under the pointer. */
export function Facts({ pair, view, pointed }: FactsProps) {
  const { viewer } = useText();
  const { width, height } = view;
  const pixels = usePixels(pointed && pair[pointed.end]);
  const colour = pointed && pixels && colourAt(pixels, pointed.point.x / width, pointed.point.y / height);
  return (
    <span className={styles.facts}>
      <span>{viewer.size(width, height)}</span>
      <span className={styles.pointed}>{pointed && colour && <Swatch {...pointed} colour={colour} />}</span>
    </span>
  );
}

function Swatch({ point, colour }: Pointed & { readonly colour: Colour }) {
  const [red, green, blue] = colour;
  return (
    <>
      <span className={styles.swatch} style={{ backgroundColor: `rgb(${red} ${green} ${blue})` }} />
      {Math.floor(point.x)}, {Math.floor(point.y)} · {red} {green} {blue}
    </>
  );
}

function usePixels(picture: Picture | null): ImageData | null {
  const [read, setRead] = useState<{ readonly of: Picture; readonly pixels: ImageData } | null>(null);
  useEffect(() => {
    let current = true;
    // Of a picture that cannot be read, the stage says so.
    if (picture) pixelsOf(picture).then((pixels) => current && setRead({ of: picture, pixels }), () => undefined);
    return () => {
      current = false;
    };
  }, [picture]);
  return read && read.of === picture ? read.pixels : null;
}
