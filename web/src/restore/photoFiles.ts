/** Bytes that the server takes. */
const LARGEST = 2 * 2 ** 30;

export type WhyNot = "notPhoto" | "workflow" | "empty" | "large";

/** A file that was not added, and why. */
export interface RefusedFile {
  readonly name: string;
  readonly why: WhyNot;
}

export interface SortedFiles {
  readonly photos: readonly File[];
  readonly refused: readonly RefusedFile[];
}

/** Which files can be photos. What they really are, the server finds out; this only spares the obvious detours. */
export function sortFiles(files: Iterable<File>, suffixes: readonly string[]): SortedFiles {
  const photos: File[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    const why = whyNot(file, suffixes);
    if (why) refused.push({ name: file.name, why });
    else photos.push(file);
  }
  return { photos, refused };
}

function whyNot({ name, type, size }: File, suffixes: readonly string[]): WhyNot | null {
  const lower = name.toLowerCase();
  if (lower.endsWith(".json")) return "workflow";
  // Scanners leave files without a type, and some without a suffix.
  const isNamed = lower.includes(".");
  const isPhoto = suffixes.some((suffix) => lower.endsWith(suffix)) || type.startsWith("image/") || (!isNamed && !type);
  if (!isPhoto || type === "image/svg+xml") return "notPhoto";
  if (!size) return "empty";
  return size > LARGEST ? "large" : null;
}

/** What the file dialog offers. */
export const acceptOf = (suffixes: readonly string[]): string => ["image/*", ...suffixes].join(",");
