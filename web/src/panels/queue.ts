import type { QueueJson, RunJson } from "../server/api";
import { ask } from "../server/http";

export const moveRun = (id: string, position: number): Promise<RunJson> =>
  ask(`/api/runs/${id}/move`, { method: "POST", json: { position } });

export const deleteRun = (id: string): Promise<unknown> => ask(`/api/runs/${id}`, { method: "DELETE" });

/** Let no run begin until the queue is resumed; the one that works goes on. */
export const pauseQueue = (): Promise<QueueJson> => ask("/api/queue/pause", { method: "POST" });

export const resumeQueue = (): Promise<QueueJson> => ask("/api/queue/resume", { method: "POST" });
