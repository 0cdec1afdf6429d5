import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { settingOf, show } from "./harness";

const SLIDER = settingOf("slider", { default: 0.5, schema: { type: "number", minimum: 0, maximum: 1 }, step: 0.05, help: "How much." });
const NUMBER = settingOf("number", { default: 3, schema: { type: "integer", minimum: 1, maximum: 10 } });
const PIXELS = settingOf("pixels", { default: 4, schema: { type: "number", minimum: 0, maximum: 300 }, step: 0.5, unit: "px" });
const SEED = settingOf("seed", { default: 1, schema: { type: "integer", minimum: 0, maximum: 4294967295 }, step: 1 });

describe("a slider", () => {
  it("shows its value twice: on the track, and exactly", () => {
    show(SLIDER, { value: 0.3 });
    expect(screen.getByRole("slider", { name: "Strength" })).toHaveProperty("value", "0.3");
    expect(screen.getByRole("spinbutton", { name: "Strength, exact value" })).toHaveProperty("value", "0.3");
    expect(screen.getByRole("slider").getAttribute("aria-description")).toBe("How much.");
  });

  it("is dragged, and one drag is one gesture", () => {
    const { changes, value } = show(SLIDER);
    const slider = screen.getByRole("slider");
    fireEvent.pointerDown(slider);
    fireEvent.change(slider, { target: { value: "0.6" } });
    fireEvent.change(slider, { target: { value: "0.7" } });
    fireEvent.pointerDown(slider);
    fireEvent.change(slider, { target: { value: "0.8" } });
    expect(value()).toBe(0.8);
    const [first, second, third] = changes.map(([, merge]) => merge);
    expect(first).toBe(second);
    expect(second).not.toBe(third);
  });

  it("is typed exactly", async () => {
    const { user, value } = show(SLIDER);
    await user.clear(screen.getByRole("spinbutton"));
    await user.type(screen.getByRole("spinbutton"), "0,123{Enter}");
    expect(value()).toBe(0.123);
  });

  it("shows what a file may hold, and that it is wrong", () => {
    show(SLIDER, { value: 7 });
    expect(screen.getByRole("spinbutton")).toHaveProperty("value", "7");
    expect(screen.getByRole("spinbutton").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("slider")).toHaveProperty("value", "1");
  });
});

describe("a number", () => {
  it("waits for Enter", async () => {
    const { user, value } = show(NUMBER);
    const field = screen.getByRole("spinbutton", { name: "Strength" });
    await user.clear(field);
    await user.type(field, "7");
    expect(value()).toBe(3);
    await user.keyboard("{Enter}");
    expect(value()).toBe(7);
  });

  it("is taken on leaving, too", async () => {
    const { user, value } = show(NUMBER);
    await user.clear(screen.getByRole("spinbutton"));
    await user.type(screen.getByRole("spinbutton"), "9");
    await user.tab();
    expect(value()).toBe(9);
  });

  it.each([
    ["11", "At most 10."],
    ["0", "At least 1."],
    ["2.5", "Type a whole number."],
    ["many", "Type a number."],
  ])("refuses %s with a word", async (text, word) => {
    const { user, value } = show(NUMBER);
    const field = screen.getByRole("spinbutton");
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
    expect(value()).toBe(3);
    expect(screen.getByRole("alert").textContent).toBe(word);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await user.keyboard("{Escape}");
    expect(field).toHaveProperty("value", "3");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("steps with the arrow keys, ten times as far with Shift, and stops at its ends", async () => {
    const { user, value } = show(NUMBER);
    screen.getByRole("spinbutton").focus();
    await user.keyboard("{ArrowUp}{ArrowUp}{ArrowDown}");
    expect(value()).toBe(4);
    await user.keyboard("{Shift>}{ArrowUp}{/Shift}");
    expect(value()).toBe(10);
  });

  it("has buttons for a little less and more", async () => {
    const { user, value } = show(NUMBER, { value: 9 });
    await user.click(screen.getByRole("button", { name: "More: Strength" }));
    expect(value()).toBe(10);
    expect(screen.getByRole("button", { name: "More: Strength" })).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("button", { name: "Less: Strength" }));
    expect(value()).toBe(9);
  });

  it("lets a value from outside win over what is being typed", async () => {
    const { user, set } = show(NUMBER);
    await user.type(screen.getByRole("spinbutton"), "99");
    set(5);
    expect(screen.getByRole("spinbutton")).toHaveProperty("value", "5");
  });
});

it("shows the unit of pixels", async () => {
  const { user, value } = show(PIXELS);
  expect(screen.getByText("px")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "More: Strength" }));
  expect(value()).toBe(4.5);
});

describe("a seed", () => {
  it("is thrown", async () => {
    const { user, value } = show(SEED);
    await user.click(screen.getByRole("button", { name: "Another random number" }));
    expect(Number.isInteger(value()) && Number(value()) >= 0 && Number(value()) <= 4294967295).toBe(true);
  });

  it("is typed", async () => {
    const { user, value } = show(SEED);
    await user.clear(screen.getByRole("spinbutton"));
    await user.type(screen.getByRole("spinbutton"), "1931{Enter}");
    expect(value()).toBe(1931);
  });
});

describe("the way back", () => {
  it("is there only where something was changed", async () => {
    const { user, value } = show(SLIDER, { value: 0.8 });
    await user.click(screen.getByRole("button", { name: "Reset: Strength" }));
    expect(value()).toBe(0.5);
    expect(screen.queryByRole("button", { name: "Reset: Strength" })).toBeNull();
  });

  it("is closed where nothing may be changed", () => {
    show(SLIDER, { value: 0.8, disabled: true });
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByRole("slider")).toHaveProperty("disabled", true);
  });
});
