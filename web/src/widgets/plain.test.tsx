import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { colourOf } from "./ColourWidget";
import { settingOf, show } from "./harness";

const CHOICE = settingOf("choice", { default: "pears", options: ["apples", "pears"], schema: { enum: ["apples", "pears"] } });
const TOGGLE = settingOf("toggle", { default: false, schema: { type: "boolean" } });
const TEXT = settingOf("text", { default: "hello", schema: { type: "string", maxLength: 8 }, lines: 1 });
const LETTER = settingOf("text", { default: "", schema: { type: "string", maxLength: 100 }, lines: 3 });
const COLOUR = settingOf("colour", { default: "#c08040", schema: { type: "string" } });

describe("a choice", () => {
  it("shows and changes", async () => {
    const { user, value } = show(CHOICE);
    const select = screen.getByRole("combobox", { name: "Strength" });
    expect(select).toHaveProperty("value", "pears");
    await user.selectOptions(select, "apples");
    expect(value()).toBe("apples");
  });

  it("keeps what it does not know in sight", () => {
    show(CHOICE, { value: "plums" });
    expect(screen.getByRole("combobox").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("option", { name: "plums (not available)" })).toBeTruthy();
  });
});

describe("a toggle", () => {
  it("is switched by its label and by the space bar", async () => {
    const { user, value } = show(TOGGLE);
    await user.click(screen.getByText("Strength"));
    expect(value()).toBe(true);
    screen.getByRole("switch", { name: "Strength" }).focus();
    await user.keyboard(" ");
    expect(value()).toBe(false);
  });
});

describe("a text", () => {
  it("is taken as it is typed, and undone in one go", async () => {
    const { user, value, changes } = show(TEXT, { value: "" });
    await user.type(screen.getByRole("textbox", { name: "Strength" }), "Ada");
    expect(value()).toBe("Ada");
    expect(new Set(changes.map(([, merge]) => merge)).size).toBe(1);
  });

  it("refuses what is too long with a word", async () => {
    const { user, value } = show(TEXT);
    await user.type(screen.getByRole("textbox"), " world");
    expect(value()).toBe("hello wo");
    expect(screen.getByRole("alert").textContent).toBe("At most 8 characters.");
  });

  it("has as many lines as it needs", async () => {
    const { user, value } = show(LETTER);
    await user.type(screen.getByRole("textbox"), "Dear Ada,{Enter}yours");
    expect(value()).toBe("Dear Ada,\nyours");
  });
});

describe("a colour", () => {
  it("is picked", () => {
    const { value } = show(COLOUR);
    fireEvent.change(screen.getByLabelText("Strength"), { target: { value: "#112233" } });
    expect(value()).toBe("#112233");
  });

  it("is typed", async () => {
    const { user, value } = show(COLOUR);
    const field = screen.getByRole("textbox", { name: "Strength, as #rrggbb" });
    await user.clear(field);
    await user.type(field, "A1B2C3{Enter}");
    expect(value()).toBe("#a1b2c3");
  });

  it("refuses what is no colour with a word", async () => {
    const { user, value } = show(COLOUR);
    await user.clear(screen.getByRole("textbox"));
    await user.type(screen.getByRole("textbox"), "reddish{Enter}");
    expect(value()).toBe("#c08040");
    expect(screen.getByRole("alert").textContent).toBe("Type a colour such as #c08040.");
  });

  it("is understood in short, and without its sign", () => {
    expect([colourOf("#abc"), colourOf(" 00FF00 "), colourOf("#12345")]).toEqual(["#aabbcc", "#00ff00", null]);
  });
});

describe("a control that nobody knows yet", () => {
  it("is written as JSON", async () => {
    const { user, value } = show(settingOf("dial", { default: { turn: 1 } }));
    const field = screen.getByRole("textbox", { name: "Strength" });
    expect(field).toHaveProperty("value", '{"turn":1}');
    fireEvent.change(field, { target: { value: "[1, 2" } });
    await user.click(field);
    await user.tab();
    expect(screen.getByRole("alert").textContent).toBe("This is no JSON.");
    fireEvent.change(field, { target: { value: "[1, 2]" } });
    fireEvent.blur(field);
    expect(value()).toEqual([1, 2]);
  });
});
