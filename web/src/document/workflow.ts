/** The workflow document, exactly as files have it and the server takes it. */

/** A node's output, input or setting. */
export type Place = readonly [node: string, port: string];

export type Point = readonly [x: number, y: number];

/** A node in a workflow. */
export interface Box {
  /** Which node of the catalogue it is. */
  readonly type: string;
  /** Where each wired input comes from: an output of another node. */
  readonly inputs?: Readonly<Record<string, Place>>;
  /** Those that differ from their defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly bypass?: boolean;
  /** What happens where a model file cannot be had: the node is left out, or works with these settings. */
  readonly without?: "bypass" | Readonly<Record<string, unknown>>;
}

export interface Frame {
  readonly id: string;
  readonly title: string;
  /** A name from the theme's palette of frames. */
  readonly colour: string;
  readonly at: Point;
  readonly size: Point;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly at: Point;
  readonly size: Point;
}

/** Where a node stands: its top left corner, and whether it is folded to its title. */
export type Spot = Point | { readonly at: Point; readonly collapsed: true };

/** Where an editor shows what. The engine ignores it. Nodes stand under their ids; the editor makes none with "#". */
export interface Layout {
  readonly [node: string]: Spot | readonly Frame[] | readonly Note[] | undefined;
  readonly "#frames"?: readonly Frame[];
  readonly "#notes"?: readonly Note[];
}

export interface Workflow {
  readonly version: 1;
  readonly title?: string;
  readonly about?: string;
  readonly nodes: Readonly<Record<string, Box>>;
  /** The setting that a photo fills. */
  readonly input?: Place;
  readonly result?: Place;
  /** The setting that a folder run counts up from 1 for every photo: one scan holds several prints. */
  readonly each?: Place;
  /** The few settings shown to people who never open the graph; "bypass" is one, too. */
  readonly controls?: Readonly<Record<string, readonly Place[]>>;
  readonly layout?: Layout;
}

export const EMPTY: Workflow = { version: 1, title: "", nodes: {} };
