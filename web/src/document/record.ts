/** A record without some of its keys. */
export const without = <Value>(
  record: Readonly<Record<string, Value>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, Value>> => Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));

/** An object without one of its known parts. */
export function omit<Whole extends object, Part extends keyof Whole>(whole: Whole, part: Part): Omit<Whole, Part> {
  const rest = { ...whole };
  // A copy of our own: nobody else sees it change.
  Reflect.deleteProperty(rest, part);
  return rest;
}
