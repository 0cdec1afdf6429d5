import { describe, expect, it } from "vitest";

import { positionsOf } from "../../../document/edits";
import { CATALOGUE } from "../../../document/testing/catalogue";
import { EMPTY, type Workflow } from "../../../document/workflow";
import type { WireEnd } from "../../view";
import { withStep } from "./adding";

function added(workflow: Workflow, type: string, from: WireEnd | null = null) {
  const node = CATALOGUE.nodes.get(type);
  if (!node) throw new Error(`There is no ${type}.`);
  return withStep(workflow, CATALOGUE, node, [100, 100], from);
}

describe("a node that is added", () => {
  it("takes the workflow's photo, if it is the first that can", () => {
    const first = added(EMPTY, "files/load");
    expect(first.workflow.input).toEqual(["load", "photo"]);
    expect(added(first.workflow, "files/load").workflow.input).toEqual(["load", "photo"]);
    expect(added(EMPTY, "noise/denoise").workflow.input).toBeUndefined();
  });

  it("is wired to the loose end that it was asked for by", () => {
    const photo = added(EMPTY, "files/load").workflow;
    const onward = added(photo, "repair/fill", { place: ["load", "image"], side: "output" }).workflow;
    expect(onward.nodes["fill"]?.inputs).toEqual({ image: ["load", "image"] });
    const back = added(onward, "masks/find", { place: ["fill", "mask"], side: "input" }).workflow;
    expect(back.nodes["fill"]?.inputs).toEqual({ image: ["load", "image"], mask: ["find", "mask"] });
  });

  it("does not hide another one", () => {
    const two = added(added(EMPTY, "noise/denoise").workflow, "noise/denoise").workflow;
    expect([...positionsOf(two).values()]).toEqual([[100, 100], [404, 100]]);
  });
});
