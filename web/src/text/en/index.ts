import { app } from "./app";
import { graph } from "./graph";
import { node } from "./node";
import { painter } from "./painter";
import { panels } from "./panels";
import { restore } from "./restore";
import { ui } from "./ui";
import { viewer } from "./viewer";
import { widgets } from "./widgets";

/** Every word of the page. Other languages have the same shape. */
export const en = { app, ui, restore, graph, node, widgets, viewer, painter, panels };

export type Text = typeof en;
