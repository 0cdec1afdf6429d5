import { useMemo } from "react";

import type { Place } from "../document/workflow";
import { useEditor } from "../graph/editor";
import { useShownRun } from "../graph/shown";
import type { Run } from "../runs/reduce";
import { useCatalogue } from "../server/catalogue";
import type { StepPicture } from "../viewer/picture";
import type { Scene } from "../widgets/scene";
import { sourcesOf } from "./scene";
import { useSize } from "./sizes";

/** What a node's inputs show at present. Only for controls that are drawn on the photo: it follows the whole run. */
export function useScene(id: string): Scene {
  const workflow = useEditor((state) => state.workflow);
  const catalogue = useCatalogue((state) => state.catalogue);
  const run = useShownRun();
  const sources = useMemo(() => catalogue && sourcesOf(workflow, catalogue, id), [workflow, catalogue, id]);
  const image = shown(run, sources?.image);
  const mask = shown(run, sources?.mask);
  const faces = shown(run, sources?.faces);
  // A live run works on a small copy. What is drawn on that lies on the whole photo.
  const isSmall = run?.record.id.startsWith("live-") ?? false;
  const photo = isSmall ? shown(run, sources?.photo) : null;
  const size = useSize(photo?.key ?? "", photo?.output ?? "");
  const isKnown = !isSmall || size !== null;
  const content = JSON.stringify(isKnown ? [image, mask, faces, size] : [null, null, null, null]);
  return useMemo(() => sceneIn(content), [content]);
}

function shown(run: Run | undefined, place: Place | null | undefined): StepPicture | null {
  const step = place && run?.steps[place[0]];
  return step && step.state === "done" && step.key ? { key: step.key, output: place[1] } : null;
}

/** A scene by its content: the same object for as long as it shows the same. */
function sceneIn(content: string): Scene {
  const [image, mask, faces, size] = JSON.parse(content) as readonly [
    StepPicture | null,
    StepPicture | null,
    StepPicture | null,
    { readonly width: number; readonly height: number } | null,
  ];
  const sized = (picture: StepPicture | null) => (picture && size ? { ...picture, size } : picture);
  return { image: sized(image), mask: sized(mask), faces };
}
