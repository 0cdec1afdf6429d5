import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Point } from "../document/workflow";
import type { View } from "../viewer/view";
import { Grip } from "./Grip";
import { settingOf, show } from "./harness";
import type { Scene } from "./scene";

const SCENE: Scene = { image: { key: "k", output: "image" }, mask: null };
const LINE = [
  [0, 0],
  [1, 1],
];

afterEach(cleanup);

describe.each([
  ["strokes", [], [{ points: [[1, 2]] }, { points: [[3, 4]] }], "Paint…", "2 strokes"],
  ["points", [], [[1, 2]], "Place points…", "1 point"],
  ["quad", [], [[0, 0], [9, 0], [9, 9], [0, 9]], "Place corners…", "Four corners"],
] as const)("%s", (widget, none, some, open, fact) => {
  it("wait for a photo", () => {
    show(settingOf(widget, { default: none }));
    const button = screen.getByRole("button", { name: `Strength: ${open}` });
    expect(button).toHaveProperty("disabled", true);
    expect(button.title).toBe("Run the graph once. Then there is a photo to work on.");
  });

  it("say what is set, and take it back", async () => {
    const { user, value } = show(settingOf(widget, { default: none }), { value: some, scene: SCENE });
    const button = screen.getByRole("button", { name: `Strength: ${fact}` });
    expect(button).toHaveProperty("disabled", false);
    await user.click(screen.getByRole("button", { name: "Reset: Strength" }));
    expect(value()).toEqual([]);
    expect(button.textContent).toBe(open);
  });
});

it("shows where a picture lies", () => {
  const value = { x: 10, y: 20.04, scale: 0.5, angle: -90 };
  show(settingOf("placement", { default: null }), { value, scene: SCENE });
  expect(screen.getByRole("button", { name: "Strength: 10, 20 · 50 % · -90°" })).toHaveProperty("disabled", false);
});

describe("faces", () => {
  const FACES = settingOf("faces", { default: "all" });

  it("are all, the largest, or some by number", async () => {
    const { user, value } = show(FACES);
    const select = screen.getByRole("combobox", { name: "Strength" });
    await user.selectOptions(select, "The largest face");
    expect(value()).toBe("largest");
    await user.selectOptions(select, "Chosen faces");
    expect(value()).toEqual([0]);
    const numbers = screen.getByRole("textbox", { name: /Their numbers/ });
    await user.clear(numbers);
    await user.type(numbers, "3, 1{Enter}");
    expect(value()).toEqual([0, 2]);
  });

  it("refuse what is no number with a word", async () => {
    const { user, value } = show(FACES, { value: [1] });
    await user.type(screen.getByRole("textbox"), ", grandma{Enter}");
    expect(value()).toEqual([1]);
    expect(screen.getByRole("alert").textContent).toBe("Type numbers such as 1, 3.");
  });

  it("are clicked on the photo only where they have been found", () => {
    show(FACES, { value: [1], scene: SCENE });
    expect(screen.queryByRole("button", { name: "Strength: Choose faces…" })).toBeNull();
    cleanup();
    show(FACES, { value: [1], scene: { ...SCENE, faces: { key: "f" } } });
    expect(screen.getByRole("button", { name: "Strength: Choose faces…" })).toBeTruthy();
  });
});

describe("a curve", () => {
  const CURVE = settingOf("curve", { default: LINE });

  it("gets a point, loses it, and keeps its ends", async () => {
    const { user, value } = show(CURVE);
    await user.click(screen.getByRole("button", { name: "Add a point" }));
    expect(value()).toEqual([[0, 0], [0.5, 0.5], [1, 1]]);
    screen.getByRole("button", { name: "Point 2: 0.5 becomes 0.5" }).focus();
    await user.keyboard("{Delete}");
    expect(value()).toEqual(LINE);
    screen.getByRole("button", { name: "Point 1: 0 becomes 0" }).focus();
    await user.keyboard("{Delete}");
    expect(value()).toEqual(LINE);
  });

  it("is moved by the arrow keys", async () => {
    const { user, value } = show(CURVE);
    screen.getByRole("button", { name: "Point 1: 0 becomes 0" }).focus();
    await user.keyboard("{ArrowUp}{Shift>}{ArrowUp}{/Shift}{ArrowDown}");
    expect(value()).toEqual([[0, 0.1], [1, 1]]);
  });

  it("is drawn with the pointer: a press adds a point and holds it", () => {
    const { value, changes } = show(CURVE);
    const plane = screen.getByRole("group", { name: "Strength: tone curve" });
    plane.getBoundingClientRect = () => new DOMRect(0, 0, 100, 100);
    plane.setPointerCapture = vi.fn();
    fireEvent.pointerDown(plane, { clientX: 50, clientY: 40, button: 0 });
    fireEvent.pointerMove(plane, { clientX: 60, clientY: 20 });
    fireEvent.pointerUp(plane);
    fireEvent.pointerMove(plane, { clientX: 10, clientY: 10 });
    expect(value()).toEqual([[0, 0], [0.6, 0.8], [1, 1]]);
    expect(new Set(changes.map(([, merge]) => merge)).size).toBe(1);
  });

  it("falls back to JSON where a file holds no curve", () => {
    show(CURVE, { value: [[0, 0]] });
    expect(screen.getByRole("textbox", { name: "Strength" })).toHaveProperty("value", "[[0,0]]");
  });
});

describe("a grip on the photo", () => {
  const VIEW: View = { x: 100, y: 50, scale: 0.5, width: 800, height: 600, stage: { width: 400, height: 300 } };

  const grip = (onMove: (to: Point, merge: string) => void, onRemove?: () => void) =>
    render(<Grip label="Corner" at={[200, 150]} view={VIEW} onMove={onMove} {...(onRemove && { onRemove })} />);

  it("lies where its place is seen", () => {
    grip(vi.fn());
    expect(screen.getByRole("button", { name: "Corner" }).style.left).toBe("50px");
  });

  it("is dragged without jumping under the finger", () => {
    const moves: Point[] = [];
    grip((to) => moves.push(to));
    const button = screen.getByRole("button");
    button.setPointerCapture = vi.fn();
    fireEvent.pointerDown(button, { clientX: 303, clientY: 304, button: 0 });
    fireEvent.pointerMove(button, { clientX: 313, clientY: 304 });
    fireEvent.pointerUp(button);
    fireEvent.pointerMove(button, { clientX: 400, clientY: 400 });
    expect(moves).toEqual([[220, 150]]);
  });

  it("is moved and removed by the keyboard", async () => {
    const moves: Point[] = [];
    const remove = vi.fn();
    grip((to) => moves.push(to), remove);
    screen.getByRole("button").focus();
    await userEvent.keyboard("{ArrowRight}{Delete}");
    expect(moves).toEqual([[202, 150]]);
    expect(remove).toHaveBeenCalledOnce();
  });
});
