import { describe, expect, it } from "vitest";

import { CATALOGUE } from "../node/examples";
import { pastBypassed } from "./passing";
import type { Workflow } from "./workflow";

const flow = (nodes: Workflow["nodes"]): Workflow => ({ version: 1, nodes });

describe("pastBypassed", () => {
  const load = { type: "files/load" };

  it("is the place itself where the node works", () => {
    expect(pastBypassed(flow({ load }), CATALOGUE, ["load", "image"])).toEqual(["load", "image"]);
  });

  it("sees past several, each by its first input of the kind", () => {
    const off = { type: "tone/fade", bypass: true } as const;
    const chain = flow({ load, one: { ...off, inputs: { image: ["load", "image"] } }, two: { ...off, inputs: { image: ["one", "image"] } } });
    expect(pastBypassed(chain, CATALOGUE, ["two", "image"])).toEqual(["load", "image"]);
  });

  it("finds nothing where nothing of the kind comes in, or the wires run in a circle", () => {
    const find = { type: "masks/find", bypass: true, inputs: { image: ["load", "image"] } } as const;
    expect(pastBypassed(flow({ load, find }), CATALOGUE, ["find", "mask"])).toBeNull();
    const round = { type: "tone/fade", bypass: true, inputs: { image: ["round", "image"] } } as const;
    expect(pastBypassed(flow({ round }), CATALOGUE, ["round", "image"])).toBeNull();
  });
});
