import type { Place, Workflow } from "../document/workflow";
import type { ModelJson, NeedsJson, RunJson, WithoutJson } from "../server/api";
import { ask } from "../server/http";

export interface RunWish {
  readonly workflow: Workflow | string;
  /** A photo's `setting`; empty: what the workflow names. */
  readonly photo?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly targets?: readonly string[] | null;
  readonly force?: readonly string[];
  /** Whether model files that are not there may be fetched; the server's usual is that they may. */
  readonly download?: boolean;
}

export const startRun = (wish: RunWish): Promise<RunJson> => ask("/api/runs", { method: "POST", json: wish });

export const cancelRun = (id: string): Promise<unknown> => ask(`/api/runs/${id}/cancel`, { method: "POST" });

export interface Lack {
  /** Those that are not there yet. */
  readonly models: readonly ModelJson[];
  /** What becomes of steps without them; null where the run cannot do without. */
  readonly without: readonly WithoutJson[] | null;
}

/** What a run of this workflow, or only of some steps, lacks. */
export async function lackOf(workflow: Workflow, targets: readonly string[] | null = null): Promise<Lack> {
  const query = new URLSearchParams((targets ?? []).map((target) => ["target", target]));
  const address = `/api/workflows/needs?${query}`;
  const { models, without } = await ask<NeedsJson>(address, { method: "POST", json: workflow });
  return { models: models.filter((model) => !model.present), without };
}

/** Where a workflow takes its photo from and gives its result: what before/after compares. */
export const endsOf = ({ input, result }: Workflow): { readonly before: Place | null; readonly after: Place | null } => ({
  before: input ? [input[0], "image"] : null,
  after: result ?? null,
});
