import { expect, it } from "vitest";

import type { ModelJson } from "../server/api";
import { grouped } from "./models";

const model = (name: string, task: string, present: boolean): ModelJson => ({
  name,
  tasks: task ? [task] : [],
  title: name.toUpperCase(),
  about: "Fills holes.",
  bytes: 1,
  licence: "MIT",
  commercial: true,
  needs: [],
  present,
  note: "",
});

const ALL = [model("lama", "inpaint", false), model("migan", "inpaint", true), model("u2net", "background", false)];

const namesOf = (search: string, where: "all" | "here" | "missing") =>
  [...grouped(ALL, search, where)].map(([task, models]) => [task, models.map(({ name }) => name)]);

it("groups models by what they are for", () => {
  expect(namesOf("", "all")).toEqual([
    ["inpaint", ["lama", "migan"]],
    ["background", ["u2net"]],
  ]);
});

it("finds every word, in whatever is known of a model", () => {
  expect(namesOf("HOLES lama", "all")).toEqual([["inpaint", ["lama"]]]);
  expect(namesOf("nothing", "all")).toEqual([]);
});

it("shows those that are here, or those that are not", () => {
  expect(namesOf("", "here")).toEqual([["inpaint", ["migan"]]]);
  expect(namesOf("u2", "missing")).toEqual([["background", ["u2net"]]]);
});
