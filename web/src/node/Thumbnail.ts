import { bitmapNow, bitmapOf } from "./bitmaps";
import { latest } from "./latest";

/** A wish for a picture; a later one has a higher number. */
interface Wish {
  readonly url: string;
  readonly number: number;
}

/**
 * Draws pictures on a canvas, past React: while a slider moves, a new one comes with every frame. The old one stays
 * until the new one is there, and no old one comes after a newer one.
 */
export class Thumbnail {
  private asked = 0;
  private drawn = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Told whenever a wish is settled. */
    private readonly onShown: (shown: "picture" | "lost") => void,
  ) {}

  show(url: string): void {
    this.asked += 1;
    const wish = { url, number: this.asked };
    const bitmap = bitmapNow(url);
    if (bitmap) this.draw(bitmap, wish);
    else this.load(wish);
  }

  private readonly load = latest(async (wish: Wish) => {
    try {
      this.draw(await bitmapOf(wish.url), wish);
    } catch {
      // What was there before stays; a card without one says that its picture is gone.
      if (wish.number > this.drawn) this.onShown(this.drawn ? "picture" : "lost");
    }
  });

  private draw(bitmap: ImageBitmap, { number }: Wish): void {
    if (number < this.drawn) return;
    this.drawn = number;
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    this.onShown("picture");
  }
}
