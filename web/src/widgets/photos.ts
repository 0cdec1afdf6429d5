import sample from "../../../workflows/sample.jpg?url";
import { thumbnailUrl } from "../server/addresses";

/** What workflows call the photo that ships with them. */
export const SAMPLE = "sample.jpg";

const KEPT = /^([0-9a-f]{64})\/(.+)$/;

/** A photo's name, as people know it: without the SHA-256 of the kept ones, and without folders. */
export const nameOf = (setting: string): string => KEPT.exec(setting)?.[2] ?? setting.replace(/^.*[\\/]/, "");

/** A small picture of a photo; null where the page has none. */
export function thumbnailOf(setting: string, side: number): string | null {
  const sha256 = KEPT.exec(setting)?.[1];
  if (sha256) return thumbnailUrl(sha256, side);
  return setting === SAMPLE ? sample : null;
}

/** The sample as a file like any other. */
export async function sampleFile(): Promise<File> {
  const response = await fetch(sample);
  return new File([await response.blob()], SAMPLE, { type: "image/jpeg" });
}
