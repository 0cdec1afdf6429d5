import { describe, expect, it } from "vitest";

import { node as english } from "../text/en/node";
import { node as german } from "../text/de/node";
import { durationOf } from "./duration";
import { CATALOGUE, node, setting, step } from "./examples";
import { cardSize, GAP, HEADER, PICTURE, settingHeight, shownSettings, SOCKET, socketY, STATE, WIDTH } from "./layout";
import { lookOf } from "./state";

describe("lookOf", () => {
  it.each([
    ["idle", undefined],
    ["waiting", step("a", { state: "waiting" })],
    ["unneeded", step("a", { state: "waiting", action: "unneeded" })],
    ["leftOut", step("a", { state: "waiting", action: "left out" })],
    ["running", step("a", { state: "running" })],
    ["kept", step("a", { action: "cached" })],
    ["done", step("a")],
    ["failed", step("a", { state: "failed" })],
    ["blocked", step("a", { state: "blocked" })],
  ])("%s", (look, view) => expect(lookOf(view)).toBe(look));
});

describe("durationOf", () => {
  it.each([
    [0.00042, "0.4 ms"],
    [0.12, "120 ms"],
    [0.9996, "1 s"],
    [1.24, "1.2 s"],
    [75.4, "75 s"],
  ])("%d s", (seconds, words) => expect(durationOf(seconds, english, "en")).toBe(words));

  it("is written as people of a language write it", () => expect(durationOf(1.24, german, "de")).toBe("1,2 s"));
});

describe("a card's size", () => {
  const slider = setting("slider");

  it("is known before it is drawn", () => {
    const one = node("a/b", ["image", "mask"], ["image"], { settings: { strength: slider, rare: { ...slider, advanced: true } } });
    expect(shownSettings(one).map(([name]) => name)).toEqual(["strength"]);
    expect(cardSize(one, false)).toEqual({
      width: WIDTH,
      height: HEADER + 2 * GAP + 2 * SOCKET + settingHeight(slider) + PICTURE + STATE,
    });
    expect(cardSize(one, true)).toEqual({ width: WIDTH, height: HEADER });
  });

  it("has no room for a picture where nothing comes out", () => {
    const save = CATALOGUE.nodes.get("files/save");
    expect(save && cardSize(save, false).height).toBe(HEADER + 2 * GAP + SOCKET + STATE);
  });

  it("grows with the lines of a text", () => {
    expect(settingHeight(setting("text", { lines: 3 }))).toBeGreaterThan(settingHeight(setting("text")));
  });

  it("puts the sockets in their rows, and all in the header of a folded card", () => {
    expect(socketY(1, false) - socketY(0, false)).toBe(SOCKET);
    expect(socketY(2, true)).toBe(HEADER / 2);
  });
});
