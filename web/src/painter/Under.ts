import { smallUrl, type Picture, type Size } from "../viewer/picture";
import { tilesOf, type Tiles } from "../viewer/tiles";
import { extentOf, type Grid } from "./grid";
import type { Sheet } from "./sheet";

/** The longer side of the picture that stands for tiles until they come. */
const ROUGH = 1024;

/** Tiles that are kept. */
const KEPT = 120;

/** By how much black and white may be missed: pictures of masks are compressed. */
const NOISE = 3;

/** A mask of the server's, beneath what is painted: its rough picture at once, its tiles as they come. */
export class Under {
  private tiles: Tiles | null = null;
  private rough: ImageBitmap | null = null;
  private readonly pieces = new Map<string, ImageBitmap | null>();
  private closed = false;

  constructor(
    private readonly picture: Picture,
    /** The photo's, in whose pixels grids are. */
    private readonly size: Size,
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.open().catch((error: unknown) => !this.closed && onError(error));
  }

  /** Whether something of it is there. */
  get isReady(): boolean {
    return this.rough !== null;
  }

  close(): void {
    this.closed = true;
    this.rough?.close();
    this.rough = null;
    this.pieces.forEach((piece) => piece?.close());
    this.pieces.clear();
  }

  /** Puts what is there of it on a sheet, and asks for what is missing. */
  fill({ grid, values }: Sheet): void {
    const { tiles, rough } = this;
    if (!tiles || !rough) return;
    const context = new OffscreenCanvas(grid.width, grid.height).getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser draws no pictures.");
    const shrink = tiles.width / this.size.width;
    const draw = (piece: ImageBitmap, left: number, top: number, width: number, height: number) =>
      context.drawImage(
        piece,
        (left / shrink - grid.x) * grid.scale,
        (top / shrink - grid.y) * grid.scale,
        (width / shrink) * grid.scale,
        (height / shrink) * grid.scale,
      );
    draw(rough, 0, 0, tiles.width, tiles.height);
    for (const { address, left, top, step } of piecesOf(tiles, grid, shrink)) {
      const piece = this.pieces.get(address);
      if (piece) draw(piece, left, top, piece.width * step, piece.height * step);
      else if (piece === undefined) void this.fetch(address);
    }
    const { data } = context.getImageData(0, 0, grid.width, grid.height);
    for (let at = 0; at < values.length; at++) values[at] = cleaned(data[at * 4] ?? 0);
  }

  private async open(): Promise<void> {
    const tiles = await tilesOf(this.picture);
    const rough = await bitmapOf(tiles.grid ? smallUrl(this.picture, ROUGH) : tiles.address(0, 0, 0));
    if (this.closed) return;
    this.tiles = tiles;
    this.rough = rough;
    this.onChange();
  }

  private async fetch(address: string): Promise<void> {
    this.pieces.set(address, null);
    try {
      const piece = await bitmapOf(address);
      if (this.closed) return;
      this.pieces.delete(address);
      this.pieces.set(address, piece);
      this.forget();
      this.onChange();
    } catch (error) {
      // It is asked for again with the next change of the view.
      this.pieces.delete(address);
      if (!this.closed) this.onError(error);
    }
  }

  private forget(): void {
    for (const [address, piece] of this.pieces) {
      if (this.pieces.size <= KEPT) return;
      piece?.close();
      this.pieces.delete(address);
    }
  }
}

interface Piece {
  readonly address: string;
  /** In pixels of the whole picture. */
  readonly left: number;
  readonly top: number;
  /** Of which `step` make one of the piece's. */
  readonly step: number;
}

/** The tiles that a grid shows, of the level that has a pixel for each cell at least. */
export function piecesOf(tiles: Tiles, grid: Grid, shrink: number): readonly Piece[] {
  if (!tiles.grid) return [];
  const { side, overlap } = tiles.grid;
  const top = Math.ceil(Math.log2(Math.max(tiles.width, tiles.height)));
  const level = Math.max(0, top - Math.max(0, Math.floor(Math.log2(shrink / grid.scale))));
  const step = 2 ** (top - level);
  const extent = extentOf(grid);
  const range = (low: number, high: number, whole: number) => {
    const last = Math.ceil(Math.ceil(whole / step) / side) - 1;
    const first = Math.max(0, Math.floor((low * shrink) / step / side));
    const count = Math.min(last, Math.floor((high * shrink) / step / side)) - first + 1;
    return Array.from({ length: Math.max(0, count) }, (_, at) => first + at);
  };
  return range(extent.top, extent.bottom, tiles.height).flatMap((row) =>
    range(extent.left, extent.right, tiles.width).map((column) => ({
      address: tiles.address(level, column, row),
      left: Math.max(0, column * side - overlap) * step,
      top: Math.max(0, row * side - overlap) * step,
      step,
    })),
  );
}

const cleaned = (value: number): number => (value <= NOISE ? 0 : value >= 255 - NOISE ? 255 : value);

async function bitmapOf(address: string): Promise<ImageBitmap> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return createImageBitmap(await response.blob());
}
