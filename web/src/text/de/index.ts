import { app } from "./app";
import { graph } from "./graph";
import { node } from "./node";
import { painter } from "./painter";
import { panels } from "./panels";
import { restore } from "./restore";
import { ui } from "./ui";
import { viewer } from "./viewer";
import { widgets } from "./widgets";
import type { Text } from "../en";

export const de: Text = { app, ui, restore, graph, node, widgets, viewer, painter, panels };
