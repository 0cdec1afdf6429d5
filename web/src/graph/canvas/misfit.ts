import type { Misfit } from "../../document/connect";
import type { Text } from "../../text/en";

/** Why a wire cannot be, in words. */
export function reasonOf(misfit: Misfit, words: Text["graph"]["canvas"]["misfit"], served: (words: string) => string): string {
  switch (misfit.why) {
    case "kind":
      return words.kind(served(misfit.has), served(misfit.wants));
    case "loop":
      return words.loop;
    case "self":
      return words.self;
    case "unknown":
      return words.unknown;
  }
}
