import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ModeBar } from "./ModeBar";
import { useMask } from "./useMask";
import { useWay } from "./useWay";
import { WayTools } from "./WayTools";

const NAMES = { before: "Photo", after: "Result" };
const MASK = { key: "m" };

beforeEach(() => {
  // Nothing changes by itself here.
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Bar({ both = true }: { readonly both?: boolean }) {
  const chosen = useWay();
  const mask = useMask(MASK);
  return (
    <>
      <ModeBar mode={chosen.way.mode} onChange={chosen.choose} />
      <button type="button" onClick={() => mask.change({ on: !mask.on })}>
        Mask
      </button>
      <WayTools chosen={chosen} names={NAMES} mask={mask} both={both} />
      <output>{JSON.stringify([chosen.way, chosen.gain, mask.layers])}</output>
    </>
  );
}

const shown = () => JSON.parse(screen.getByRole("status").textContent) as readonly unknown[];
const choose = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));

test("the slider needs nothing else", () => {
  render(<Bar />);
  expect(screen.queryByRole("slider")).toBeNull();
  expect(screen.queryByRole("radio", { name: "Photo" })).toBeNull();
});

test("a difference is amplified", () => {
  render(<Bar />);
  choose("Difference");
  fireEvent.change(screen.getByRole("slider", { name: "Amplify" }), { target: { value: "9" } });
  expect(shown()[1]).toBe(9);
});

test("of one alone, the person says which", () => {
  render(<Bar />);
  choose("One alone");
  choose("Photo");
  expect(shown()[0]).toEqual({ mode: "one", divider: 0.5, end: "before" });
  expect(screen.queryByRole("button", { name: "Change by itself" })).toBeNull();
});

test("what blinks can be made to change by itself", () => {
  render(<Bar />);
  choose("Blink");
  fireEvent.click(screen.getByRole("button", { name: "Change by itself" }));
  expect(screen.getByRole("button", { name: "Stop changing" })).toBeTruthy();
});

test("a mask lies over the picture in the theme's colour while it is on", () => {
  document.documentElement.style.setProperty("--mask", "#ff2d6f");
  render(<Bar both={false} />);
  expect(shown()[2]).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Mask" }));
  fireEvent.change(screen.getByRole("slider", { name: "Mask" }), { target: { value: "0.25" } });
  expect(shown()[2]).toEqual([{ id: "mask", picture: MASK, opacity: 0.25, tint: "#ff2d6f" }]);
});
