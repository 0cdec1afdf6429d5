import OpenSeadragon from "openseadragon";

import { textNow } from "../text/language";
import { isSame, type Picture, type Size } from "./picture";
import { sourceOf } from "./source";
import { tilesOf, type Tiles } from "./tiles";
import { placeIn } from "./view";

/** A picture among those that lie one on another. */
export interface Layer {
  /** What replaces what: of one id, the latest picture is shown. */
  readonly id: string;
  readonly picture: Picture;
  readonly opacity?: number;
  readonly blend?: "difference" | "lighter";
  /** The shares of the stage's width between which it shows. */
  readonly cut?: readonly [from: number, to: number];
  /** A colour in which to show a mask: clear where the mask is black. */
  readonly tint?: string;
}

/** What a slot tells the easel it hangs on. */
export interface Hanger {
  /** Whether nothing is seen yet. */
  readonly isEmpty: () => boolean;
  /** Whether nothing else is seen yet. */
  readonly isAlone: (slot: Slot) => boolean;
  /** Its picture is about to be shown: the easel makes room. Returns the frame to place it in. */
  readonly arrive: (slot: Slot, size: Size) => Size;
  readonly changed: () => void;
}

/** A large scan on a slow machine is shown before all of it has come. */
const PATIENCE = 4000;

/** The place of one layer. While a new picture comes, the old one stays. */
export class Slot {
  error: unknown = null;
  private shown: OpenSeadragon.TiledImage | null = null;
  private size: Size | null = null;
  private latest: Layer | null = null;
  private busy = false;
  private removed = false;

  constructor(
    private readonly viewer: OpenSeadragon.Viewer,
    private readonly hanger: Hanger,
    public layer: Layer,
  ) {
    void this.bring();
  }

  get isEmpty(): boolean {
    return !this.shown;
  }

  /** Show this layer as soon as its picture is there. */
  show(layer: Layer): void {
    this.layer = layer;
    this.dress();
    void this.bring();
  }

  /** Where it lies in the frame. */
  place(frame: Size): void {
    if (!this.shown || !this.size) return;
    const { x, y, width } = placeIn(frame, this.size);
    this.shown.setWidth(width, true);
    this.shown.setPosition(new OpenSeadragon.Point(x, y), true);
  }

  raise(index: number): void {
    if (this.shown) this.viewer.world.setItemIndex(this.shown, Math.min(index, this.viewer.world.getItemCount() - 1));
  }

  /** Cut to the layer's share of the stage, wherever the picture is; a picture alone is worth seeing as a whole. */
  cut(): void {
    const { shown, layer } = this;
    if (!shown || !layer.cut) return;
    if (this.hanger.isAlone(this)) {
      shown.setClip(null);
      return;
    }
    const { x, width } = this.viewer.viewport.getBounds(true);
    const bounds = shown.getBoundsNoRotate(true);
    const { x: across, y: down } = shown.getContentSize();
    const place = (share: number): number => {
      const at = (x + width * share - bounds.x) / bounds.width;
      // Beyond the picture's edges, lest they be cut by a fraction of a pixel.
      return Math.min(2, Math.max(-1, at)) * across;
    };
    const [from, to] = [place(layer.cut[0]), place(layer.cut[1])];
    shown.setClip(new OpenSeadragon.Rect(from, -down, to - from, 3 * down));
    shown.setOpacity(to > from ? (layer.opacity ?? 1) : 0);
  }

  remove(): void {
    this.removed = true;
    this.clear();
  }

  /** Ask again for what could not be had. */
  retry(): void {
    if (this.error === null) return;
    this.latest = null;
    void this.bring();
  }

  private clear(): void {
    if (this.shown) this.viewer.world.removeItem(this.shown);
    this.shown = null;
  }

  /** Asked anew after each wait. */
  private isGone(): boolean {
    return this.removed;
  }

  /** Load what is wanted, until that has come; of wishes in between, only the last counts. */
  private async bring(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (!this.isGone() && !isShowing(this.latest, this.layer)) {
      const layer = this.layer;
      try {
        await this.load(layer);
        this.error = null;
      } catch (error) {
        this.error = error;
        // What was there is not what is asked for.
        if (!this.isGone()) this.clear();
      }
      this.latest = layer;
      if (!this.isGone()) this.hanger.changed();
    }
    this.busy = false;
  }

  private async load(layer: Layer): Promise<void> {
    const tiles = await tilesOf(layer.picture);
    if (this.isGone()) return;
    const item = await this.hang(tiles, layer.tint);
    try {
      // What is seen stays until all of this has come; before the very first, every tile is welcome.
      if (!tiles.grid || !this.hanger.isEmpty()) await this.loaded(item, !tiles.grid);
    } catch (error) {
      this.viewer.world.removeItem(item);
      throw error;
    }
    const { width, height } = layer.picture.size ?? tiles;
    if (this.isGone()) this.viewer.world.removeItem(item);
    else this.replace(item, { width, height });
  }

  private replace(item: OpenSeadragon.TiledImage, size: Size): void {
    const old = this.shown;
    this.shown = item;
    this.size = size;
    this.place(this.hanger.arrive(this, size));
    this.dress();
    if (old) this.viewer.world.removeItem(old);
  }

  /** Once all of it that the stage shows is there. Throws where a picture that comes whole cannot be had. */
  private loaded(item: OpenSeadragon.TiledImage, whole: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.viewer.removeHandler("tile-load-failed", fail);
        resolve();
      };
      const fail = ({ tiledImage }: { readonly tiledImage: unknown }): void => {
        if (!whole || tiledImage !== item) return;
        this.viewer.removeHandler("tile-load-failed", fail);
        reject(new Error(textNow().viewer.unreadable));
      };
      this.viewer.addHandler("tile-load-failed", fail);
      if (item.getFullyLoaded()) done();
      else item.addOnceHandler("fully-loaded-change", done);
      if (!whole) window.setTimeout(done, PATIENCE);
    });
  }

  /** Hang a picture up, unseen. */
  private hang(tiles: Tiles, tint: string | undefined): Promise<OpenSeadragon.TiledImage> {
    return new Promise((resolve, reject) => {
      this.viewer.addTiledImage({
        tileSource: sourceOf(tiles, tint),
        opacity: 0,
        preload: true,
        width: 1,
        ...(this.shown && { index: this.viewer.world.getIndexOfItem(this.shown) + 1 }),
        success: (event) => resolve((event as unknown as { readonly item: OpenSeadragon.TiledImage }).item),
        error: (event) => reject(new Error((event as unknown as { readonly message: string }).message)),
      });
    });
  }

  /** Everything of the layer but its picture. */
  private dress(): void {
    const { shown, layer } = this;
    if (!shown) return;
    shown.setCompositeOperation(layer.blend ?? "source-over");
    shown.setOpacity(layer.opacity ?? 1);
    if (layer.cut) this.cut();
    else shown.setClip(null);
  }
}

const isShowing = (one: Layer | null, other: Layer): boolean =>
  !!one &&
  isSame(one.picture, other.picture) &&
  one.picture.size?.width === other.picture.size?.width &&
  one.tint === other.tint;
