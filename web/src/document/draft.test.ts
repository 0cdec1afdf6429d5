import { beforeEach, describe, expect, it } from "vitest";

import { forgetDraft, keepDraft, keptDraft, windowId, type Draft } from "./draft";
import { addNode } from "./edits";
import { EMPTY } from "./workflow";

const draft = (type: string, kept: number): Draft => ({
  workflow: addNode(EMPTY, type, [1, 2]).workflow,
  name: null,
  changed: true,
  kept,
});

/** A browser's storage with so much room, in characters. */
function storageOf(room: number): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      const others = [...items].filter(([each]) => each !== key).reduce((sum, [, text]) => sum + text.length, 0);
      if (others + value.length > room) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

describe("a draft", () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it("comes back to its own window", () => {
    expect(keptDraft("one")).toBeNull();
    keepDraft("one", draft("files/load", 1));
    keepDraft("two", draft("noise/denoise", 2));
    expect(keptDraft("one")).toEqual(draft("files/load", 1));
    expect(keptDraft("two")).toEqual(draft("noise/denoise", 2));
  });

  it("comes back to a new window after a crash, the latest of all", () => {
    keepDraft("one", draft("files/load", 5));
    keepDraft("two", draft("noise/denoise", 2));
    expect(keptDraft("three")).toEqual(draft("files/load", 5));
    forgetDraft("one");
    expect(keptDraft("three")).toEqual(draft("noise/denoise", 2));
  });

  it("that is damaged is as good as none", () => {
    localStorage.setItem("heirloom-draft:one", '{"workflow": {"vers');
    localStorage.setItem("heirloom-draft:two", '{"workflow": {"version": 1, "nodes": 5}}');
    localStorage.setItem("heirloom-draft:three", "null");
    expect(keptDraft("one")).toBeNull();
  });

  it("makes room by forgetting those of other windows, and says when there is none", () => {
    const size = JSON.stringify(draft("files/load", 1)).length;
    const storage = storageOf(2 * size + 10);
    expect([1, 2, 3].map((kept) => keepDraft(String(kept), draft("files/load", kept), storage))).toEqual([true, true, true]);
    expect([storage.length, keptDraft("3", storage)?.kept]).toEqual([1, 3]);
    expect(keepDraft("1", draft("files/load", 4), storageOf(20))).toBe(false);
  });

  it("of many windows are not kept for ever", () => {
    for (let window = 0; window < 30; window += 1) keepDraft(String(window), draft("files/load", window));
    expect(localStorage.length).toBe(8);
    expect(keptDraft("another")?.kept).toBe(29);
  });
});

describe("a window", () => {
  it("keeps its id through a reload, and a copy of it gets another", () => {
    const page = new EventTarget();
    const id = windowId(sessionStorage, page);
    expect(windowId(sessionStorage, new EventTarget())).not.toBe(id);
    page.dispatchEvent(new Event("pagehide"));
    expect(windowId(sessionStorage, new EventTarget())).toBe(id);
  });
});
