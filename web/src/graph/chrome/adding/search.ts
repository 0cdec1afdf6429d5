/** What something is found by. */
export interface Findable {
  readonly title: string;
  /** Other words for it, the likelier first. */
  readonly words: readonly string[];
}

/** How well something answers a search, the higher the better; 0 for not at all. Every word has to be found. */
export function scoreOf(query: string, { title, words }: Findable): number {
  const wanted = simple(query).split(" ").filter(Boolean);
  if (!wanted.length) return 1;
  const places = [title, ...words].map(simple);
  const scores = wanted.map((word) => Math.max(...places.map((place, index) => scoreIn(word, place) / (1 + index))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / wanted.length;
}

function scoreIn(word: string, place: string): number {
  if (place.startsWith(word)) return 1;
  if (place.includes(` ${word}`)) return 0.8;
  // Within a word, two letters are found everywhere.
  return word.length > 2 && place.includes(word) ? 0.4 : 0;
}

/** Without accents, case and signs. */
const simple = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** What answers a search, the best first; everything in its order for an empty one. */
export function findIn<Item extends Findable>(query: string, items: readonly Item[]): readonly Item[] {
  if (!query.trim()) return items;
  return items
    .map((item) => ({ item, score: scoreOf(query, item) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ item }) => item);
}
