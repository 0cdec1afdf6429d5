import type { NodeJson } from "../../../server/api";
import { useServed, useText } from "../../../text/language";
import type { Findable } from "./search";

/** A node as lists show it, in the person's language. */
export interface ListedNode extends Findable {
  readonly node: NodeJson;
  readonly family: string;
  readonly summary: string;
}

/** Nodes in words that people read, and can be found by in English as well. */
export function useListed(): (node: NodeJson) => ListedNode {
  const served = useServed();
  const familyName = useFamilyName();
  return (node) => {
    const title = served(node.title);
    const summary = served(node.summary);
    const family = familyName(node.family);
    const words = [node.title, node.id, family, summary, node.summary];
    return { node, title, family, summary, words };
  };
}

/** What a family of nodes is called; one that somebody added is called what its folder is. */
export function useFamilyName(): (family: string) => string {
  const names: Readonly<Record<string, string>> = useText().graph.families;
  return (family) => names[family] ?? `${family.charAt(0).toUpperCase()}${family.slice(1).replaceAll("_", " ")}`;
}

/** Nodes in groups by their family, both in the order in which they come. */
export function byFamily(all: readonly ListedNode[]): readonly (readonly [family: string, nodes: readonly ListedNode[]])[] {
  const families = [...new Set(all.map(({ family }) => family))];
  return families.map((family) => [family, all.filter((each) => each.family === family)]);
}
