import sample from "../../../workflows/sample.jpg?url";

import { useCatalogue } from "../server/catalogue";
import { problemsOf, Refused } from "../server/http";
import { upload } from "../server/upload";
import { textNow } from "../text/language";
import type { Job } from "./job";
import { sortFiles } from "./photoFiles";
import { useRestore } from "./store";

/** The files behind the photos on this page: to show them at once, and to try again. */
const held = new Map<string, { readonly file: File; readonly local: string }>();

/** The upload under way. */
let sending: { readonly id: string; readonly stop: AbortController } | null = null;

/** Uploads go one after the other: the first photo is there soonest, and a hundred do not choke the line. */
let line: Promise<void> = Promise.resolve();

/** What this browser can show by itself. */
const SHOWABLE = ["image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif"];

/** Take in whatever was dropped, pasted or chosen. */
export function addFiles(all: Iterable<File>): void {
  const { photos, refused } = sortFiles(all, suffixesNow());
  const { refuse, addJobs } = useRestore.getState();
  refuse(refused);
  addJobs(photos.map(begin));
}

export const suffixesNow = (): readonly string[] =>
  useCatalogue.getState().catalogue?.kinds.get("image")?.reads ?? [];

/** The sample comes in like any photo. */
export async function addSample(): Promise<void> {
  const response = await fetch(sample);
  if (!response.ok) throw new Refused(response.status, [{ message: textNow().restore.sampleFailed, remedy: "" }]);
  addFiles([new File([await response.blob()], "sample.jpg", { type: "image/jpeg" })]);
}

/** Upload again what could not be uploaded. */
export function retryUpload(id: string): void {
  if (held.has(id)) enqueue(id);
}

/** All that could not be uploaded while the server was away. */
export function retryUploads(): void {
  for (const { id, photo, problems } of useRestore.getState().jobs) if (!photo && problems.length) retryUpload(id);
}

/** Whether the server might take it another time: it was away when the photo was on its way. */
export const canRetry = (id: string): boolean => held.has(id);

/** Let go of what belongs to photos that are on the page no more. */
export function forgetFiles(jobs: readonly Job[]): void {
  for (const id of [...held.keys()]) {
    if (jobs.some((job) => job.id === id)) continue;
    release(id);
    if (sending?.id === id) sending.stop.abort();
  }
}

function release(id: string): void {
  URL.revokeObjectURL(held.get(id)?.local ?? "");
  held.delete(id);
}

function begin(file: File): Job {
  const id = newId();
  const local = SHOWABLE.includes(file.type) ? URL.createObjectURL(file) : "";
  held.set(id, { file, local });
  enqueue(id);
  return { id, name: file.name, photo: null, uploaded: 0, local, problems: [], run: null, wish: "" };
}

/** Also where the page was not opened over https or on this machine, and so without randomUUID. */
const newId = (): string => Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join("");

function enqueue(id: string): void {
  line = line.then(() => send(id));
}

async function send(id: string): Promise<void> {
  const { change } = useRestore.getState();
  const file = held.get(id)?.file;
  // Removed while it waited in line.
  if (!file) return;
  const stop = new AbortController();
  sending = { id, stop };
  change(id, { problems: [], uploaded: 0 });
  try {
    const photo = await upload(file, (uploaded) => change(id, { uploaded }), stop.signal);
    change(id, { photo, uploaded: 1 });
  } catch (error) {
    // A photo that the server does not take is not sent again, and not shown.
    if (error instanceof Refused && error.status < 500) release(id);
    change(id, { problems: problemsOf(error), ...(!held.has(id) && { local: "" }) });
  } finally {
    sending = null;
  }
}
