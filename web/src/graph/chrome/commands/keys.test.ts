import { describe, expect, it } from "vitest";

import { en } from "../../../text/en";
import { COMMANDS } from "./commands";
import { GROUPS, KEYS, keysOf, readable } from "./keys";

const words = en.graph.keys.names;

describe("the table of keys", () => {
  it("has no key for two commands", () => {
    const all = Object.values(KEYS).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it("has every command in exactly one group, with a name", () => {
    const listed = Object.values(GROUPS).flat();
    expect([...listed].sort()).toEqual(Object.keys(COMMANDS).sort());
    expect(Object.keys(en.graph.commands.names).sort()).toEqual([...listed].sort());
  });

  it("says keys as people read them", () => {
    expect(keysOf("undo", words, false)).toBe("Ctrl+Z");
    expect(keysOf("redo", words, true)).toBe("⌘⇧Z");
    expect(keysOf("collapse", words, false)).toBe("Alt+C");
    expect(keysOf("alignLeft", words, false)).toBe("");
    expect(readable("+", words, false)).toBe("+");
    expect(readable("?", words, true)).toBe("?");
  });
});
