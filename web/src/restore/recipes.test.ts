import { expect, it } from "vitest";

import type { WorkflowJson } from "../server/api";
import { inOrder } from "./recipes";

const recipe = (name: string, owner: "shipped" | "own"): WorkflowJson => ({
  name,
  title: name,
  about: "",
  owner,
  modified: 0,
  nodes: 1,
  pictures: false,
  problems: [],
});

it("puts what newcomers want first, and people's own last", () => {
  const all = [recipe("mine", "own"), recipe("zebra", "shipped"), recipe("upscale", "shipped"), recipe("restore", "shipped")];
  expect(inOrder(all).map(({ name }) => name)).toEqual(["restore", "upscale", "zebra", "mine"]);
});
