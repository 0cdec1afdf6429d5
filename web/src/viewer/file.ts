import type { Picture } from "./picture";

export const FORMATS = ["png", "jpeg", "webp", "tiff"] as const;
export type FileFormat = (typeof FORMATS)[number];

/** Where a picture is as a file. Steps are written as asked; photos and files are what they are. */
export function fileUrl(picture: Picture, format: FileFormat, name: string): string {
  if ("photo" in picture) return `/api/photos/${picture.photo}/file`;
  if ("url" in picture) return picture.url;
  const query = new URLSearchParams({ format, name, ...(picture.output && { output: picture.output }) });
  return `/preview/${picture.key}/file?${query}`;
}
