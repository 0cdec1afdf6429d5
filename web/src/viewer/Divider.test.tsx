import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Divider } from "./Divider";

afterEach(cleanup);

test("the divider is a slider that tells its place and is moved by the keyboard", () => {
  const onMove = vi.fn();
  render(<Divider at={0.4} onMove={onMove} />);
  const slider = screen.getByRole("slider", { name: "Divider between before and after" });
  expect(slider).toHaveProperty("value", "40");
  expect(slider.getAttribute("aria-valuetext")).toBe("40 %");
  fireEvent.change(slider, { target: { value: "55" } });
  expect(onMove).toHaveBeenCalledWith(0.55);
});
