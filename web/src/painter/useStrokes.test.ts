import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { strokeOf } from "./strokes";
import { useStrokes } from "./useStrokes";

const dot = (x: number) => ({ points: [[x, 0]] as const });

test("every change is told as a setting, and is undone one by one", () => {
  const told = vi.fn();
  const { result } = renderHook(() => useStrokes([dot(1)], told));
  act(() => result.current.add(strokeOf(dot(2))));
  act(() => result.current.clear());
  expect(told.mock.calls).toEqual([[[dot(1), dot(2)]], [[]]]);
  act(() => result.current.undo());
  act(() => result.current.undo());
  expect(told.mock.lastCall).toEqual([[dot(1)]]);
  expect([result.current.canUndo, result.current.canRedo]).toEqual([false, true]);
  act(() => result.current.redo());
  expect(result.current.all).toHaveLength(2);
});

test("the last flood goes as far as it is told to, in one step of undo", () => {
  const { result } = renderHook(() => useStrokes([dot(1)], () => undefined));
  act(() => result.current.retune(0.3));
  expect(result.current.canUndo).toBe(false);
  act(() => result.current.add(strokeOf({ tool: "flood", ...dot(2) })));
  act(() => result.current.retune(0.3));
  act(() => result.current.retune(0.4));
  expect(result.current.all[1]?.tolerance).toBe(0.4);
  act(() => result.current.undo());
  expect(result.current.all[1]?.tolerance).toBe(0.1);
});
