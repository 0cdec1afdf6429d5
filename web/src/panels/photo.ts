import type { Picture } from "../viewer/picture";

const UPLOADED = /^([0-9a-f]{64})\/(.*)$/;

/** What people call the photo of a run: its file's name. */
export const photoName = (setting: string): string => UPLOADED.exec(setting)?.[2] ?? setting;

/** The photo itself, if it was uploaded; null for one that lies beside its workflow. */
export function photoPicture(setting: string): Picture | null {
  const [, sha256] = UPLOADED.exec(setting) ?? [];
  return sha256 ? { photo: sha256 } : null;
}

/** Files that browsers show as they are. */
const SHOWABLE = /\.(jpe?g|png|webp|bmp)$/i;

/**
 * What a run began with: the photo's own file, which is always there; the step that opened it, where no browser shows
 * such files at full size.
 */
export function beforePicture(setting: string, step: Picture | null): Picture | null {
  const photo = photoPicture(setting);
  return photo && (SHOWABLE.test(setting) || !step) ? photo : step;
}
