import type { Picture, StepPicture } from "../viewer/picture";

/** What a node's inputs show at present: what the controls that are drawn on the photo are drawn on. */
export interface Scene {
  readonly image: Picture | null;
  readonly mask: Picture | null;
  /** What the node itself has made of them. */
  readonly output?: Picture | null;
  /** Those that were found; null where nobody has looked for any. */
  readonly faces?: StepPicture | null;
}
