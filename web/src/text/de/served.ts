import { models } from "./served/models";
import { nodes } from "./served/nodes";
import { problems } from "./served/problems";
import { recipes } from "./served/recipes";
import { words } from "./served/words";

/** The server's own words in German, by what it says in English; what is not here stays as it is. */
export const served: Readonly<Record<string, string>> = { ...nodes, ...words, ...models, ...problems, ...recipes };
