import { toast } from "sonner";

import { problemsOf } from "../server/http";

/** Carry out a wish of a press; what is wrong with it is told in passing, with what to do. */
export async function attempt(wish: () => Promise<unknown>): Promise<boolean> {
  try {
    await wish();
    return true;
  } catch (error) {
    for (const { message, remedy } of problemsOf(error)) toast.error(message, { description: remedy });
    return false;
  }
}
