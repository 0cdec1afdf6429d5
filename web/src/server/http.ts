import type { ProblemJson } from "./api";

/** An answer that says what is wrong, where, and what to do. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: readonly ProblemJson[],
  ) {
    super(problems.map((problem) => problem.message).join(" "));
    this.name = "Refused";
  }
}

/** No answer: the server has stopped, or the network is down. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
    this.name = "Unreachable";
  }
}

export interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
}

/** Ask the server. Throws Refused or Unreachable, and the signal's reason when it is aborted. */
export async function ask<Answer>(path: string, { method = "GET", json, signal }: Request = {}): Promise<Answer> {
  const init: RequestInit = { method, signal: signal ?? null };
  if (json !== undefined) {
    init.body = JSON.stringify(json);
    init.headers = { "Content-Type": "application/json" };
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (!response.ok) throw new Refused(response.status, problemsIn(await response.text(), response.status));
  // What was asked for by its type is what the server's own description promises.
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** The problems of an error's body; one of our own making if it is no body of this server. */
export function problemsIn(text: string, status: number): readonly ProblemJson[] {
  try {
    const { problems } = JSON.parse(text) as { problems?: readonly ProblemJson[] };
    if (problems?.length) return problems;
  } catch {
    // A proxy's page, or nothing at all.
  }
  return [{ message: `The server answered ${status}.`, remedy: "Try again, or see what it printed.", node: null, port: null }];
}

/** What to tell people of anything that was thrown. */
export function problemsOf(error: unknown): readonly ProblemJson[] {
  if (error instanceof Refused) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  return [{ message, remedy: "", node: null, port: null }];
}
