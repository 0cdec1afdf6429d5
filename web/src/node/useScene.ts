import { useMemo } from "react";

import { useEditor } from "../graph/editor";
import { useShownRun } from "../graph/shown";
import { useCatalogue } from "../server/catalogue";
import type { Size, StepPicture } from "../viewer/picture";
import type { Scene } from "../widgets/scene";
import { resultAt } from "./results";
import { sourcesOf } from "./scene";
import { useSize } from "./sizes";

/** What a node's inputs show at present. Only for controls that are drawn on the photo: it follows the whole run. */
export function useScene(id: string): Scene {
  const workflow = useEditor((state) => state.workflow);
  const catalogue = useCatalogue((state) => state.catalogue);
  const run = useShownRun();
  const sources = useMemo(() => catalogue && sourcesOf(workflow, catalogue, id), [workflow, catalogue, id]);
  const image = resultAt(workflow, run, sources?.image);
  const mask = resultAt(workflow, run, sources?.mask);
  const output = resultAt(workflow, run, sources?.output);
  const faces = resultAt(workflow, run, sources?.faces);
  // A live run works on a small copy. What is drawn on that lies on the whole photo.
  const isSmall = run?.record.id.startsWith("live-") ?? false;
  const photo = isSmall ? resultAt(workflow, run, sources?.photo) : null;
  const size = useSize(photo?.key ?? "", photo?.output ?? "");
  const isKnown = !isSmall || size !== null;
  const content = JSON.stringify(isKnown ? [image, mask, output, faces, size] : []);
  return useMemo(() => sceneIn(content), [content]);
}

type Content = readonly [
  image?: StepPicture | null,
  mask?: StepPicture | null,
  output?: StepPicture | null,
  faces?: StepPicture | null,
  size?: Size | null,
];

/** A scene by its content: the same object for as long as it shows the same. */
function sceneIn(content: string): Scene {
  const [image = null, mask = null, output = null, faces = null, size = null] = JSON.parse(content) as Content;
  const sized = (picture: StepPicture | null) => (picture && size ? { ...picture, size } : picture);
  return { image: sized(image), mask: sized(mask), output: sized(output), faces };
}
