import { textNow } from "../text/language";

/** A mask's grey picture in one colour: what is white covers, what is black is clear. */
export function tint(mask: ImageBitmap, colour: string): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = mask.width;
  canvas.height = mask.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(textNow().viewer.unreadable);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  context.drawImage(mask, 0, 0);
  mask.close();
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  coverage(image.data, [red, green, blue]);
  context.putImageData(image, 0, 0);
  return context;
}

/** Grey pixels become pixels of a colour that are as opaque as the grey was bright. */
export function coverage(pixels: Uint8ClampedArray, [red, green, blue]: readonly [number, number, number]): void {
  for (let at = 0; at < pixels.length; at += 4) {
    pixels[at + 3] = pixels[at] ?? 0;
    pixels[at] = red;
    pixels[at + 1] = green;
    pixels[at + 2] = blue;
  }
}
