import { expect, test } from "vitest";

import { actOf, type Press } from "./keys";

const press = (key: string, more: Partial<Press> = {}) =>
  actOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: document.body, ...more });

test("letters choose tools, whether or not Caps Lock is on", () => {
  expect([press("b"), press("L"), press("f"), press("s")]).toEqual(["brush", "lasso", "flood", "line"]);
});

test("undo and redo go by Control and by Command", () => {
  expect(press("z", { ctrlKey: true })).toBe("undo");
  expect(press("Z", { metaKey: true, shiftKey: true })).toBe("redo");
  expect(press("y", { ctrlKey: true })).toBe("redo");
  expect(press("z")).toBeNull();
});

test("brackets need Alt on some keyboards; other keys with Alt are the browser's", () => {
  expect(press("]", { altKey: true })).toBe("thicker");
  expect(press("[", { ctrlKey: true, altKey: true })).toBe("thinner");
  expect(press("b", { altKey: true })).toBeNull();
  expect(press("b", { ctrlKey: true })).toBeNull();
});

test("Space moves the photo, but presses the button that has the focus", () => {
  expect(press(" ")).toBe("move");
  expect(press(" ", { target: document.createElement("button") })).toBeNull();
});
