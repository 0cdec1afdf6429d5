import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useBlink } from "./useBlink";

const wantsStill = (matches: boolean) => vi.stubGlobal("matchMedia", () => ({ matches }));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const later = (milliseconds: number): void =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });

test("changes by itself while it is on, and can be stopped", () => {
  wantsStill(false);
  const { result } = renderHook(() => useBlink(true));
  expect(result.current.end).toBe("after");
  later(800);
  expect(result.current.end).toBe("before");
  later(800);
  expect(result.current.end).toBe("after");
  act(() => result.current.play(false));
  later(8000);
  expect(result.current.end).toBe("after");
});

test("stands still while it is off", () => {
  wantsStill(false);
  const { result } = renderHook(() => useBlink(false));
  later(8000);
  expect(result.current.end).toBe("after");
});

test("people who want no motion change it by hand", () => {
  wantsStill(true);
  const { result } = renderHook(() => useBlink(true));
  later(8000);
  expect(result.current.end).toBe("after");
  act(() => result.current.show("before"));
  expect(result.current.end).toBe("before");
});
