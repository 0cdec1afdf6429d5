import { useEffect, useState } from "react";

import { ask, problemsOf } from "../server/http";
import type { Problem } from "../ui/Problems";
import type { StepPicture } from "../viewer/picture";

/** A face that was found, in pixels of the photo. */
export interface FoundFace {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

interface Found {
  /** From left to right; null until they are known. */
  readonly faces: readonly FoundFace[] | null;
  readonly problems: readonly Problem[];
}

const NOTHING: Found = { faces: null, problems: [] };

const addressOf = ({ key, output = "" }: StepPicture): string =>
  `/preview/${key}/file?format=json${output && `&output=${encodeURIComponent(output)}`}`;

/** The faces that a step found. */
export function useFound(step: StepPicture): Found {
  const [found, setFound] = useState(NOTHING);
  const address = addressOf(step);
  useEffect(() => {
    const leaving = new AbortController();
    ask<{ readonly faces: readonly FoundFace[] }>(address, { signal: leaving.signal }).then(
      ({ faces }) => setFound({ faces, problems: [] }),
      (error: unknown) => leaving.signal.aborted || setFound({ faces: null, problems: problemsOf(error) }),
    );
    return () => leaving.abort();
  }, [address]);
  return found;
}
