import { expect, it } from "vitest";

import type { ModelJson } from "../server/api";
import { bytesOf, rootsOf } from "./downloads";

const model = (name: string, bytes: number | null, needs: readonly string[] = []): ModelJson => ({
  name,
  tasks: [],
  title: name,
  about: "",
  bytes,
  licence: "MIT",
  commercial: true,
  needs,
  present: false,
  note: "",
});

it("asks only for models that do not come with others", () => {
  const [large, weak, other] = [model("large", 5, ["weak"]), model("weak", 3), model("other", 2)];
  expect(rootsOf([large, weak, other])).toEqual([large, other]);
});

it("adds up sizes, as far as all are known", () => {
  expect(bytesOf([model("a", 5), model("b", 3)])).toBe(8);
  expect(bytesOf([model("a", 5), model("b", null)])).toBeNull();
});
