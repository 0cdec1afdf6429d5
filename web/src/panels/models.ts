import type { ModelJson } from "../server/api";

export type Where = "all" | "here" | "missing";

/** The models that a search finds, by what they are for, in the catalogue's order. */
export function grouped(
  models: readonly ModelJson[],
  search: string,
  where: Where,
): ReadonlyMap<string, readonly ModelJson[]> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter((model) => isThere(model, where) && words.every((word) => textOf(model).includes(word)));
  const groups = new Map<string, ModelJson[]>();
  for (const model of found) {
    const [task = ""] = model.tasks;
    groups.set(task, [...(groups.get(task) ?? []), model]);
  }
  return groups;
}

const isThere = ({ present }: ModelJson, where: Where): boolean => where === "all" || present === (where === "here");

const textOf = ({ name, title, about, licence, tasks }: ModelJson): string =>
  [name, title, about, licence, ...tasks].join(" ").toLowerCase();
