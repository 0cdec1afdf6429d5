import { useEffect } from "react";

import { useRuns } from "../runs/store";
import type { ModelJson } from "../server/api";
import { useModels } from "../server/models";

let isFollowing = false;

/** Asks once, and again whenever a file has come in. */
function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  void useModels.getState().load();
  useRuns.subscribe(({ downloads }, before) => {
    const came = Object.values(downloads).some(
      ({ name, state }) => state === "done" && before.downloads[name]?.state !== "done",
    );
    if (came) void useModels.getState().load();
  });
}

/** One model; undefined while nothing is known of it. */
export function useModel(name: string): ModelJson | undefined {
  useEffect(follow, []);
  return useModels((state) => state.models?.get(name));
}
