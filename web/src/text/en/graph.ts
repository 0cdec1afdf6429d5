import { canvas, menus, toolbar } from "./canvas";
import { chrome } from "./chrome";

export const graph = { ...chrome, canvas, toolbar, menus };
