import type { Text } from "../en";
import { canvas, menus, toolbar } from "./canvas";
import { chrome } from "./chrome";

export const graph: Text["graph"] = { ...chrome, canvas, toolbar, menus };
