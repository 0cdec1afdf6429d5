import { useMemo } from "react";

import { Layers, type LayersProps } from "./Layers";
import type { Picture } from "./picture";
import { useSteady } from "./useSteady";

export type { StageHandle } from "./Layers";

interface StageProps extends Omit<LayersProps, "layers" | "main"> {
  readonly picture: Picture | null;
}

/** One picture, to zoom and pan, with whatever is drawn over it. */
export function Stage({ picture, ...rest }: StageProps) {
  const steady = useSteady(picture);
  const layers = useMemo(() => (steady ? [{ id: "picture", picture: steady }] : []), [steady]);
  return <Layers layers={layers} main="picture" {...rest} />;
}
