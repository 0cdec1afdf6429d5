import { expect, test } from "vitest";

import type { View } from "../viewer/view";
import { Hand, type Touch } from "./Hand";
import type { Stroke } from "./strokes";

const VIEW: View = { x: 1000, y: 500, scale: 0.25, width: 6000, height: 4000, stage: { width: 800, height: 600 } };
const PEN = { size: 40, hardness: 0.5, tolerance: 0.2, erase: false, colour: "#123456", presses: true };

const at = (x: number, y: number, pressure: number | null = null): Touch => ({ x, y, pressure });

function drawing() {
  const strokes: Stroke[] = [];
  const outlines: number[] = [];
  const hand = new Hand(() => null, {
    onStroke: (stroke) => strokes.push(stroke),
    onOutline: (points) => outlines.push(points.length),
  });
  return { hand, strokes, outlines };
}

test("a stroke lies in the photo where the pen was on the stage", () => {
  const { hand, strokes } = drawing();
  hand.down(at(10, 20), { ...PEN, tool: "brush" }, false, VIEW);
  hand.lead([at(20, 40), at(30, 60), at(30, 100)], VIEW);
  hand.up(VIEW);
  expect(strokes).toMatchObject([{ tool: "brush", size: 40, hardness: 0.5, colour: "#ffffff", widths: [] }]);
  expect(strokes[0]?.points).toEqual([[1040, 580], [1120, 740], [1120, 900]]);
});

test("a click is a dot, and colours stay where strokes have them", () => {
  const { hand, strokes } = drawing();
  hand.down(at(0, 0), { ...PEN, tool: "brush" }, true, VIEW);
  hand.up(VIEW);
  expect(strokes).toMatchObject([{ points: [[1000, 500]], colour: "#123456" }]);
});

test("the pressure of a pen stays with its points, unless it shall not matter", () => {
  const { hand, strokes } = drawing();
  for (const presses of [true, false]) {
    hand.down(at(0, 0, 0.2), { ...PEN, tool: "brush", presses }, false, VIEW);
    hand.lead([at(50, 0, 1)], VIEW);
    hand.up(VIEW);
  }
  expect(strokes.map(({ widths }) => widths)).toEqual([[0.2, 1], []]);
});

test("a lasso needs a shape", () => {
  const { hand, strokes, outlines } = drawing();
  hand.down(at(0, 0), { ...PEN, tool: "lasso" }, false, VIEW);
  hand.lead([at(50, 0)], VIEW);
  hand.up(VIEW);
  expect(strokes).toEqual([]);
  hand.down(at(0, 0), { ...PEN, tool: "lasso" }, false, VIEW);
  hand.lead([at(50, 0), at(50, 50)], VIEW);
  hand.up(VIEW);
  expect(strokes).toMatchObject([{ tool: "lasso", points: [[1000, 500], [1200, 500], [1200, 700]] }]);
  expect(outlines).toEqual([1, 2, 0, 1, 2, 3, 0]);
});

test("a line is clicked point by point; the second click of two is no other point", () => {
  const { hand, strokes } = drawing();
  for (const place of [at(0, 0), at(50, 0), at(51, 1)]) {
    hand.down(place, { ...PEN, tool: "line" }, false, VIEW);
    hand.up(VIEW);
  }
  expect(strokes).toEqual([]);
  hand.finish(VIEW);
  expect(strokes).toMatchObject([{ tool: "line", points: [[1000, 500], [1200, 500]] }]);
});

test("a flood is a click, and what is dropped was nothing", () => {
  const { hand, strokes } = drawing();
  hand.down(at(4, 4), { ...PEN, tool: "flood" }, false, VIEW);
  expect(strokes).toMatchObject([{ tool: "flood", tolerance: 0.2, points: [[1016, 516]] }]);
  hand.down(at(0, 0), { ...PEN, tool: "brush" }, false, VIEW);
  expect([hand.drop(), hand.drop(), strokes.length]).toEqual([true, false, 1]);
});
