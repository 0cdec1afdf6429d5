import type { KindJson, NodeJson, SettingJson } from "../../server/api";
import { catalogueOf } from "../../server/catalogue";

/** A small catalogue with all that rules on wires depend on: kinds that turn into others, several inputs, none. */

const kind = (name: string, accepts: readonly string[] = []): KindJson => ({
  name,
  colour: "#808080",
  accepts,
  reads: [],
  writes: [],
});

type Kinds = Readonly<Record<string, string>>;

function node(id: string, inputs: Kinds, outputs: Kinds, settings: Readonly<Record<string, SettingJson>> = {}): NodeJson {
  return {
    id,
    title: id,
    family: id.split("/")[0] ?? "",
    summary: "",
    help: "",
    version: 1,
    effect: false,
    volatile: false,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, of]) => [name, { kind: of, optional: false }])),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, of]) => [name, { kind: of }])),
    settings,
  };
}

const photo: SettingJson = { widget: "photo", default: "", schema: { type: "string" }, help: "" };
const strength: SettingJson = { widget: "slider", default: 0.5, schema: { type: "number" }, help: "" };

export const CATALOGUE = catalogueOf(
  [
    node("files/load", {}, { image: "image" }, { photo }),
    node("noise/denoise", { image: "image" }, { image: "image" }, { strength }),
    node("masks/find", { image: "image" }, { mask: "mask" }, { strength }),
    node("repair/fill", { image: "image", mask: "mask" }, { image: "image" }),
    node("faces/find", { image: "image" }, { faces: "faces" }),
    node("files/save", { image: "image" }, {}),
  ],
  [kind("image", ["mask"]), kind("mask"), kind("faces")],
);
