import { previewUrl, thumbnailUrl, tilesUrl } from "../server/addresses";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A step's result, by its key; of its first output where none is named. */
export interface StepPicture {
  readonly key: string;
  readonly output?: string;
}

/** A photo that the server keeps, by its SHA-256. */
export interface PhotoPicture {
  readonly photo: string;
}

/** Any picture that a browser can read: a recipe's, or a file of this machine. */
export interface FilePicture {
  readonly url: string;
}

/**
 * Something to look at.
 *
 * `size` is what positions on it are counted in, where that is not its own size: live runs work on a small copy, and
 * what is painted on that lies on the whole photo.
 */
export type Picture = (StepPicture | PhotoPicture | FilePicture) & { readonly size?: Size };

/** The photo's own thumbnails are no larger. */
const THUMBNAIL = 1024;

/** Where the picture is, its longer side at most `side` pixels. Files come as they are. */
export function smallUrl(picture: Picture, side: number): string {
  if ("key" in picture) return previewUrl(picture.key, side, picture.output);
  if ("photo" in picture) return thumbnailUrl(picture.photo, Math.min(side, THUMBNAIL));
  return picture.url;
}

/** What describes the picture's tiles; null for one that has none. */
export const deepUrl = (picture: Picture): string | null =>
  "key" in picture ? tilesUrl(picture.key, picture.output) : null;

/** A name of what the picture shows: equal for pictures that look the same. */
export const contentOf = (picture: Picture): string => smallUrl(picture, THUMBNAIL);

export const isSame = (one: Picture | null, other: Picture | null): boolean =>
  one === other || (!!one && !!other && contentOf(one) === contentOf(other));
