// Written by `make types` from service/watch/messages.py. Change that, not this.
/**
 * What the server tells its clients, and what they may ask: two frozen unions, and their JSON.
 *
 * A frame from the server is a JSON array of messages; each says under "event" what it is. The first message of all is
 * a Snapshot. Messages that change what every client sees carry a consecutive number under "seq", the Snapshot that of
 * the last one it holds: who starts from a snapshot and sees the next number has missed nothing. Progress
 * (StepProgress, and Fetching and DownloadChanged between their first and their last) may merge and has no number;
 * neither has what is meant for one client alone.
 *
 * A frame from a client is one JSON object; it says under "ask" what it is.
 *
 * Live runs tell the same events as those of the queue, to their own client only. Their run is called "live-" and the
 * id that the client chose; each Live that was asked for ends with one RunFinished or LiveRefused of its own.
 */

/** A model file comes in, before the first step; a later one of the same file replaces an earlier one. */
export interface Fetching {
  readonly event: "Fetching";
  readonly run: string;
  readonly name: string;
  /** Bytes that are there. */
  readonly done: number;
  /** Bytes of the whole file, where that is known. */
  readonly total: number | null;
}

/** What happens to one step, and why. */
export interface PlannedStep {
  readonly id: string;
  readonly action: "run" | "cached" | "unneeded" | "left out";
  readonly why: string;
  /** What the step had to say when it ran, if it is cached. */
  readonly notes: readonly string[];
  /** Of its result in the cache, where it is once the step has run; empty for a step that cannot. */
  readonly key: string;
  /** How it goes on without a model file that cannot be had, and why; empty where it has what it needs. */
  readonly fallback: string;
}

/** First of all, but for files to fetch: what will happen to each step. */
export interface RunPlanned {
  readonly event: "RunPlanned";
  readonly run: string;
  readonly steps: readonly PlannedStep[];
}

/** A worker took the step. */
export interface StepStarted {
  readonly event: "StepStarted";
  readonly run: string;
  readonly step: string;
}

/** How far the step is, 0..1. Throttled; a later one replaces an earlier one. */
export interface StepProgress {
  readonly event: "StepProgress";
  readonly run: string;
  readonly step: string;
  readonly fraction: number;
  /** What is becoming, as a small picture in a data URL; empty where there is no newer one than was told. */
  readonly sketch: string;
}

/** The step's result is at hand; if it was worth it, it is on disk by now. */
export interface StepDone {
  readonly event: "StepDone";
  readonly run: string;
  readonly step: string;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly stored: boolean;
}

/** The step could not do its work. */
export interface StepFailed {
  readonly event: "StepFailed";
  readonly run: string;
  readonly step: string;
  readonly message: string;
  readonly remedy: string;
}

/** The step cannot run, because one it depends on failed. */
export interface StepBlocked {
  readonly event: "StepBlocked";
  readonly run: string;
  readonly step: string;
  readonly by: string;
}

/** Something the user should know, though the run goes on. */
export interface RunWarned {
  readonly event: "RunWarned";
  readonly run: string;
  readonly message: string;
}

/** Last of all. */
export interface RunFinished {
  readonly event: "RunFinished";
  readonly run: string;
  readonly status: "done" | "failed" | "cancelled";
  readonly seconds: number;
}

/** A run in the queue or in the history. Times are seconds since the epoch. */
export interface RunRecord {
  readonly id: string;
  readonly name: string;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly priority: number;
  readonly created: number;
  readonly started: number | null;
  readonly ended: number | null;
  readonly photo: string;
  readonly targets: readonly string[] | null;
  readonly force: readonly string[];
  /** Whether model files that are not there may be fetched. */
  readonly download: boolean;
  /** Why it failed. */
  readonly problems: readonly { readonly [name: string]: unknown }[];
  /** The file name of its result in the run's folder. */
  readonly result: string | null;
}

/** A run waits: behind those of its priority and above. One that is known already is replaced by this. */
export interface RunQueued {
  readonly event: "RunQueued";
  readonly run: RunRecord;
}

/** The run's turn has come; it waits no longer. Then come Fetching, RunPlanned and the steps' events. */
export interface RunStarted {
  readonly event: "RunStarted";
  readonly run: string;
  /** Seconds since the epoch. */
  readonly started: number;
}

/** The last word on a run, after RunFinished: its result is saved, or its problems are known. */
export interface RunEnded {
  readonly event: "RunEnded";
  readonly run: RunRecord;
}

/** The run is in neither queue nor history any more. */
export interface RunRemoved {
  readonly event: "RunRemoved";
  readonly run: string;
}

/** The runs that wait, first come first: after a move, a pause or a resume, not when runs come and go. */
export interface QueueChanged {
  readonly event: "QueueChanged";
  readonly order: readonly string[];
  readonly paused: boolean;
}

/** A model file that somebody asked for. */
export interface DownloadChanged {
  readonly event: "DownloadChanged";
  readonly name: string;
  /** Bytes that are there. */
  readonly done: number;
  /** Bytes of the whole file, where that is known. */
  readonly total: number | null;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  /** Why it failed. */
  readonly message: string;
}

/** One thing that is wrong: what, where, and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly remedy: string;
  readonly node: string | null;
  readonly port: string | null;
}

/** A live run that cannot be carried out. */
export interface LiveRefused {
  readonly event: "LiveRefused";
  /** The id that the client gave it. */
  readonly live: string;
  readonly problems: readonly Problem[];
}

/** What the client sent is no message. The connection goes on. */
export interface MessageRefused {
  readonly event: "MessageRefused";
  readonly problems: readonly Problem[];
}

/** A step of a run under way. */
export interface StepView {
  readonly id: string;
  readonly action: "run" | "cached" | "unneeded" | "left out";
  readonly why: string;
  /** Its results are at /preview/{key} once it is done. */
  readonly key: string;
  /** What is cached is done; what is not needed or left out waits for ever. */
  readonly state: "waiting" | "running" | "done" | "failed" | "blocked";
  /** How far it is, 0..1. */
  readonly fraction: number;
  readonly seconds: number | null;
  readonly notes: readonly string[];
  /** Why it failed. */
  readonly message: string;
  readonly remedy: string;
  /** The step whose failure blocks it. */
  readonly by: string;
  /** How it goes on without a model file that cannot be had, and why; empty where it has what it needs. */
  readonly fallback: string;
  /** What is becoming while it runs, as a small picture in a data URL; empty where the step draws none. */
  readonly sketch: string;
}

/** A model file that a run waits for. */
export interface FetchView {
  readonly name: string;
  readonly done: number;
  readonly total: number | null;
}

/** A run under way. */
export interface RunView {
  readonly run: RunRecord;
  readonly steps: readonly StepView[];
  readonly warnings: readonly string[];
  readonly fetching: readonly FetchView[];
}

/** All there is to see; what follows are differences. */
export interface Snapshot {
  readonly event: "Snapshot";
  /** First come first. */
  readonly waiting: readonly RunRecord[];
  readonly paused: boolean;
  readonly running: readonly RunView[];
  /** The last few, the latest last. */
  readonly ended: readonly RunRecord[];
  readonly downloads: readonly DownloadChanged[];
}

/** Follow a slider: show what this workflow gives, on a smaller photo. The latest Live of a client wins. */
export interface Live {
  readonly ask: "Live";
  /** 1 to 100 printable characters, another one for each Live. */
  readonly id: string;
  /** The workflow, as its file has it. */
  readonly document: { readonly [name: string]: unknown };
  /** Steps that are wanted; null means the workflow's result. None that writes files. */
  readonly targets?: readonly string[] | null;
  /** Pixels of the preview's longer side, 16 to 4096. */
  readonly side?: number;
  /** Fills the workflow's input: `<sha256>/<name>`, or a file beside a shipped workflow. */
  readonly photo?: string;
}

/** End the live run, if one is under way. */
export interface StopLive {
  readonly ask: "StopLive";
}

/** What the server tells. */
export type Message =
  | Fetching
  | RunPlanned
  | StepStarted
  | StepProgress
  | StepDone
  | StepFailed
  | StepBlocked
  | RunWarned
  | RunFinished
  | RunQueued
  | RunStarted
  | RunEnded
  | RunRemoved
  | QueueChanged
  | DownloadChanged
  | LiveRefused
  | MessageRefused
  | Snapshot;

/** What a client may ask. */
export type Asked =
  | Live
  | StopLive;

/** What the server sends: messages; those that every client gets have consecutive numbers. */
export type Frame = readonly (Message & { readonly seq?: number })[];
