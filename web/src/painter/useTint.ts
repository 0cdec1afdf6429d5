import { useMemo } from "react";

/** A colour as "#rrggbb": the one that is chosen, or the theme's of masks. */
export const useTint = (chosen: string | null): string =>
  useMemo(() => chosen ?? getComputedStyle(document.documentElement).getPropertyValue("--mask").trim(), [chosen]);
