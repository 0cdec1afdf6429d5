import fc from "fast-check";
import { expect, it, test } from "vitest";

import { arrange } from "./arrange";
import { moveNodes, NODE_SIZE, positionsOf } from "./edits";
import { workflows } from "./testing/workflows";
import { wiresOf } from "./wiring";
import { EMPTY } from "./workflow";

test("every node stands right of what feeds it, and none upon another", () =>
  fc.assert(
    fc.asyncProperty(workflows, async (workflow) => {
      const placed = await arrange(workflow);
      const all = [...placed.values()];
      for (const { from, to } of wiresOf(workflow)) {
        expect(placed.get(from[0])?.[0] ?? NaN).toBeLessThan(placed.get(to[0])?.[0] ?? NaN);
      }
      for (const [index, [x, y]] of all.entries()) {
        for (const [otherX, otherY] of all.slice(index + 1)) {
          expect(Math.abs(x - otherX) >= NODE_SIZE[0] || Math.abs(y - otherY) >= NODE_SIZE[1]).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  ));

test("their top left corner stays, and arranging again moves nothing", async () => {
  const workflow = moveNodes(
    { ...EMPTY, nodes: { photo: { type: "files/load" }, save: { type: "files/save", inputs: { image: ["photo", "image"] } } } },
    new Map([["photo", [900, -40]], ["save", [30, 70]]]),
  );
  const once = moveNodes(workflow, await arrange(workflow));
  expect(positionsOf(once).get("photo")).toEqual([30, -40]);
  expect(await arrange(once)).toEqual(positionsOf(once));
});

it("leaves the others where they are", async () => {
  const workflow = { ...EMPTY, nodes: { a: { type: "files/load" }, b: { type: "files/load" } } };
  expect([...(await arrange(workflow, ["b", "nobody"])).keys()]).toEqual(["b"]);
  expect((await arrange(EMPTY)).size).toBe(0);
});
