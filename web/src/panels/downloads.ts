import type { DownloadJson, ModelJson } from "../server/api";
import { ask } from "../server/http";

const addressOf = (model: string): string => `/api/models/${encodeURIComponent(model)}/download`;

/** Fetch a model and what it needs; one that was stopped goes on where it ended. The websocket tells how far it is. */
export const startDownload = (model: string): Promise<DownloadJson> => ask(addressOf(model), { method: "POST" });

export const cancelDownload = (model: string): Promise<DownloadJson> => ask(addressOf(model), { method: "DELETE" });

/** Those to ask for: the others come with them. */
export const rootsOf = (models: readonly ModelJson[]): readonly ModelJson[] =>
  models.filter((model) => !models.some((other) => other !== model && other.needs.includes(model.name)));

/** Bytes of all of them together; null where one is not known. */
export const bytesOf = (models: readonly ModelJson[]): number | null =>
  models.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0);
