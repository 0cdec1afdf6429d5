import { background } from "./background";
import { colour } from "./colour";
import { compare } from "./compare";
import { damage } from "./damage";
import { detail } from "./detail";
import { faces } from "./faces";
import { files } from "./files";
import { generate } from "./generate";
import { geometry } from "./geometry";
import { layers } from "./layers";
import { masks } from "./masks";
import { noise } from "./noise";
import { official } from "./official";
import { repair } from "./repair";
import { tone } from "./tone";
import { upscale } from "./upscale";

/** What nodes say, by family. Help is by paragraphs, each in one line. */
export const nodes: Readonly<Record<string, string>> = {
  ...background,
  ...colour,
  ...compare,
  ...damage,
  ...detail,
  ...faces,
  ...files,
  ...generate,
  ...geometry,
  ...layers,
  ...masks,
  ...noise,
  ...official,
  ...repair,
  ...tone,
  ...upscale,
};
