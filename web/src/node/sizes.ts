import { useEffect, useState } from "react";

import { tilesUrl } from "../server/addresses";
import type { Size } from "../viewer/picture";

const known = new Map<string, Promise<Size | null>>();

/** How large a step's result is; null for what is no picture, or is not kept any more. */
export function sizeOf(key: string, output: string): Promise<Size | null> {
  const url = tilesUrl(key, output);
  const size = known.get(url) ?? askSize(url);
  known.set(url, size);
  return size;
}

async function askSize(url: string): Promise<Size | null> {
  const response = await fetch(url);
  return response.ok ? sizeIn(await response.text()) : null;
}

/** The size that a Deep Zoom description tells. */
export function sizeIn(description: string): Size | null {
  const side = (name: string) => Number(new RegExp(`${name}="(\\d+)"`).exec(description)?.[1] ?? 0);
  const [width, height] = [side("Width"), side("Height")];
  return width && height ? { width, height } : null;
}

/** The same for components; null until it is known. An empty key asks nothing. */
export function useSize(key: string, output: string): Size | null {
  const [found, setFound] = useState<{ readonly key: string; readonly size: Size | null } | null>(null);
  useEffect(() => {
    if (!key) return;
    let gone = false;
    void sizeOf(key, output).then((size) => {
      if (!gone) setFound({ key, size });
    });
    return () => {
      gone = true;
    };
  }, [key, output]);
  return found?.key === key ? found.size : null;
}
