/** Addresses of pictures. Everything that differs has an address of its own, so that browsers may keep them. */

export const previewUrl = (key: string, side: number, output?: string): string =>
  `/preview/${key}?w=${side}${output ? `&output=${encodeURIComponent(output)}` : ""}`;

export const tilesUrl = (key: string, output?: string): string =>
  `/preview/${key}/tiles.dzi${output ? `?output=${encodeURIComponent(output)}` : ""}`;

export const thumbnailUrl = (sha256: string, side: number): string => `/api/photos/${sha256}/thumbnail?w=${side}`;

export const resultUrl = (run: string, format?: string, quality?: number): string => {
  const query = new URLSearchParams();
  if (format) query.set("format", format);
  if (quality !== undefined) query.set("quality", String(quality));
  return `/api/runs/${run}/result${query.size ? `?${query}` : ""}`;
};

export const recipePictureUrl = (name: string, side: "before" | "after"): string =>
  `/api/workflows/${encodeURIComponent(name)}/pictures/${side}`;
