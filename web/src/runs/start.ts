import type { Place, Workflow } from "../document/workflow";
import type { ModelJson, RunJson } from "../server/api";
import { ask } from "../server/http";

export interface RunWish {
  readonly workflow: Workflow | string;
  /** A photo's `setting`; empty: what the workflow names. */
  readonly photo?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly targets?: readonly string[] | null;
  readonly force?: readonly string[];
}

export const startRun = (wish: RunWish): Promise<RunJson> => ask("/api/runs", { method: "POST", json: wish });

export const cancelRun = (id: string): Promise<unknown> => ask(`/api/runs/${id}/cancel`, { method: "POST" });

/** The model files that a run of this workflow, or only of some steps, uses and that are not there yet. */
export async function missingModels(
  workflow: Workflow,
  targets: readonly string[] | null = null,
): Promise<readonly ModelJson[]> {
  const query = new URLSearchParams((targets ?? []).map((target) => ["target", target]));
  const { models } = await ask<{ readonly models: readonly ModelJson[] }>(`/api/workflows/needs?${query}`, {
    method: "POST",
    json: workflow,
  });
  return models.filter((model) => !model.present);
}

/** Where a workflow takes its photo from and gives its result: what before/after compares. */
export const endsOf = ({ input, result }: Workflow): { readonly before: Place | null; readonly after: Place | null } => ({
  before: input ? [input[0], "image"] : null,
  after: result ?? null,
});
