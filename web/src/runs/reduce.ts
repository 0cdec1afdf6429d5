import type {
  DownloadChanged,
  FetchView,
  Frame,
  Message,
  PlannedStep,
  Problem,
  RunRecord,
  RunView,
  Snapshot,
  StepView,
} from "../server/messages";
import { recordOf } from "./record";

/** A run as the page knows it: of the queue, or a live one. */
export interface Run {
  readonly record: RunRecord;
  readonly steps: Readonly<Record<string, StepView>>;
  readonly warnings: readonly string[];
  readonly fetching: readonly FetchView[];
}

export interface Runs {
  readonly runs: Readonly<Record<string, Run>>;
  /** Those that wait, first come first. */
  readonly waiting: readonly string[];
  readonly paused: boolean;
  readonly downloads: Readonly<Record<string, DownloadChanged>>;
  /** Why the latest live run was refused; empty once another one is planned. */
  readonly refused: readonly Problem[];
  /** Number of the last message that every client sees; -1 before the first snapshot. */
  readonly seq: number;
}

export const NO_RUNS: Runs = { runs: {}, waiting: [], paused: false, downloads: {}, refused: [], seq: -1 };

/** The state after a frame of the websocket. */
export const reduceFrame = (state: Runs, frame: Frame): Runs =>
  frame.reduce((before, message) => {
    const after = reduce(before, message);
    return message.seq === undefined || message.event === "Snapshot" ? after : { ...after, seq: message.seq };
  }, state);

/** The state after one message. Messages on runs that are not known change nothing. */
export function reduce(state: Runs, message: Message & { readonly seq?: number }): Runs {
  switch (message.event) {
    case "Snapshot":
      return fromSnapshot(state, message, message.seq ?? state.seq);
    case "RunQueued":
      return {
        ...state,
        runs: { ...state.runs, [message.run.id]: fresh(message.run) },
        waiting: [...state.waiting.filter((id) => id !== message.run.id), message.run.id],
      };
    case "RunStarted":
      return {
        ...withRun(state, message.run, (run) => ({
          ...run,
          record: { ...run.record, state: "running", started: message.started },
        })),
        waiting: state.waiting.filter((id) => id !== message.run),
      };
    case "Fetching":
      return withRun(state, message.run, (run) => ({ ...run, fetching: fetched(run.fetching, message) }));
    case "RunPlanned":
      return { ...withRun(state, message.run, (run) => planned(run, message.steps)), refused: [] };
    case "StepStarted":
      return withStep(state, message, { state: "running", fraction: 0 });
    case "StepProgress":
      return withStep(state, message, {
        fraction: message.fraction,
        // What was drawn before stays until the step draws again.
        ...(message.sketch && { sketch: message.sketch }),
      });
    case "StepDone":
      return withStep(state, message, {
        state: "done",
        fraction: 1,
        seconds: message.seconds,
        notes: message.notes,
        sketch: "",
      });
    case "StepFailed":
      return withStep(state, message, {
        state: "failed",
        message: message.message,
        remedy: message.remedy,
        sketch: "",
      });
    case "StepBlocked":
      return withStep(state, message, { state: "blocked", by: message.by });
    case "RunWarned":
      return withRun(state, message.run, (run) => ({ ...run, warnings: [...run.warnings, message.message] }));
    case "RunFinished":
      return withRun(state, message.run, (run) => over(run, { ...run.record, state: message.status }));
    case "RunEnded":
      return {
        ...withRun(state, message.run.id, (run) => ({ ...over(run, message.run), fetching: [] }), message.run),
        waiting: state.waiting.filter((id) => id !== message.run.id),
      };
    case "RunRemoved":
      return { ...state, runs: without(state.runs, message.run), waiting: state.waiting.filter((id) => id !== message.run) };
    case "QueueChanged":
      return { ...state, waiting: message.order, paused: message.paused };
    case "DownloadChanged":
      return { ...state, downloads: { ...state.downloads, [message.name]: message } };
    case "LiveRefused":
    case "MessageRefused":
      return { ...state, refused: message.problems };
  }
}

/** A live run begins: the server's messages on it find it there, and its steps go on from those of the last one. */
export function beginLive(state: Runs, id: string, before: Run | undefined): Runs {
  const runs = before ? without(state.runs, before.record.id) : state.runs;
  return { ...state, runs: { ...runs, [id]: { ...fresh(recordOf(id)), steps: before?.steps ?? {} } } };
}

function fromSnapshot(state: Runs, snapshot: Snapshot, seq: number): Runs {
  const runs: Record<string, Run> = {};
  for (const record of snapshot.ended) runs[record.id] = over(state.runs[record.id] ?? fresh(record), record);
  for (const record of snapshot.waiting) runs[record.id] = fresh(record);
  for (const view of snapshot.running) runs[view.run.id] = seen(view);
  return {
    runs,
    waiting: snapshot.waiting.map((record) => record.id),
    paused: snapshot.paused,
    downloads: Object.fromEntries(snapshot.downloads.map((download) => [download.name, download])),
    refused: [],
    seq,
  };
}

const fresh = (record: RunRecord): Run => ({ record, steps: {}, warnings: [], fetching: [] });

const seen = (view: RunView): Run => ({
  record: view.run,
  steps: Object.fromEntries(view.steps.map((step) => [step.id, step])),
  warnings: view.warnings,
  fetching: view.fetching,
});

/** A plan tells of each step that it is new or has changed; a live plan leaves the others out. */
function planned(run: Run, steps: readonly PlannedStep[]): Run {
  const views = Object.fromEntries(steps.map((step) => [step.id, viewOf(step)]));
  return { ...run, steps: { ...run.steps, ...views }, fetching: [] };
}

const viewOf = (step: PlannedStep): StepView => ({
  ...step,
  state: step.action === "cached" ? "done" : "waiting",
  fraction: step.action === "cached" ? 1 : 0,
  seconds: null,
  message: "",
  remedy: "",
  by: "",
  sketch: "",
});

/** Of a run that has ended nothing works any more: a step that was stopped waits, as the history has it. */
function over(run: Run, record: RunRecord): Run {
  const stopped = Object.values(run.steps).filter(({ state }) => state === "running");
  const waiting = stopped.map((step) => [step.id, { ...step, state: "waiting", fraction: 0, sketch: "" }] as const);
  return { ...run, record, steps: waiting.length ? { ...run.steps, ...Object.fromEntries(waiting) } : run.steps };
}

function fetched(files: readonly FetchView[], { name, done, total }: FetchView): readonly FetchView[] {
  const file = { name, done, total };
  return files.some((each) => each.name === name)
    ? files.map((each) => (each.name === name ? file : each))
    : [...files, file];
}

function withRun(state: Runs, id: string, change: (run: Run) => Run, record?: RunRecord): Runs {
  const run = state.runs[id] ?? (record && fresh(record));
  return run ? { ...state, runs: { ...state.runs, [id]: change(run) } } : state;
}

function withStep(state: Runs, at: { readonly run: string; readonly step: string }, news: Partial<StepView>): Runs {
  return withRun(state, at.run, (run) => {
    const step = run.steps[at.step];
    return step ? { ...run, steps: { ...run.steps, [at.step]: { ...step, ...news } } } : run;
  });
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
