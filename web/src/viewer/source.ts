import OpenSeadragon from "openseadragon";

import { textNow } from "../text/language";
import { tint as tinted } from "./tint";
import type { Tiles } from "./tiles";

/** What a job of the tile loader is for a source: OpenSeadragon's types leave most of it out. */
interface Job {
  readonly src: string;
  readonly userData: { abort?: AbortController };
  readonly finish: (data: unknown, request: null, type: string) => void;
  readonly fail: (message: string, request: null) => void;
}

/** Tiles as OpenSeadragon reads them; those of a mask in a colour, as clear as the mask is dark. */
export function sourceOf(tiles: Tiles, tint?: string): OpenSeadragon.TileSource {
  const source = new OpenSeadragon.TileSource(optionsOf(tiles));
  // The loader keeps what it has loaded by address; a colour makes another picture of the same.
  source.getTileUrl = (level, x, y) => tiles.address(level, x, y) + (tint ? `#${tint}` : "");
  if (!tint) return source;
  source.hasTransparency = () => true;
  const start = (job: Job): void => {
    const abort = new AbortController();
    job.userData.abort = abort;
    loadTinted(job.src, tint, abort.signal).then(
      (context) => job.finish(context, null, "context2d"),
      (error: unknown) => job.fail(String(error), null),
    );
  };
  source.downloadTileStart = (job) => start(job);
  source.downloadTileAbort = (job) => (job as Job).userData.abort?.abort();
  return source;
}

const optionsOf = ({ width, height, grid }: Tiles) =>
  grid
    ? { width, height, tileSize: grid.side, tileOverlap: grid.overlap }
    : { width, height, tileWidth: width, tileHeight: height, minLevel: 0, maxLevel: 0 };

async function loadTinted(address: string, colour: string, signal: AbortSignal): Promise<CanvasRenderingContext2D> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(textNow().viewer.unreadable);
  return tinted(await createImageBitmap(await response.blob()), colour);
}
