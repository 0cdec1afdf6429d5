import { useEffect, useState } from "react";

import { useRuns } from "../runs/store";

/** How often the server has come back: what could not be fetched meanwhile is fetched again. */
export function useReturns(): number {
  const [returns, setReturns] = useState(0);
  useEffect(
    () =>
      useRuns.subscribe((state, before) => {
        if (state.connected && before.connected === false) setReturns((count) => count + 1);
      }),
    [],
  );
  return returns;
}
