import { TOOLS, type Tool } from "./strokes";

/** What keys do in the painter. */
export type Act = Tool | Held | Done;
/** Lasts as long as the key is held. */
export type Held = "peek" | "move";
type Done =
  | "undo"
  | "redo"
  | "erase"
  | "thicker"
  | "thinner"
  | "harder"
  | "softer"
  | "mask"
  | "fit"
  | "full"
  | "nearer"
  | "farther";

/** Those of a keyboard event that matter. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly target: EventTarget;
}

const KEYS: Readonly<Record<string, Act>> = {
  b: "brush",
  l: "lasso",
  f: "flood",
  s: "line",
  e: "erase",
  x: "erase",
  "]": "thicker",
  "[": "thinner",
  "}": "harder",
  "{": "softer",
  m: "mask",
  p: "peek",
  " ": "move",
  "0": "fit",
  "1": "full",
  "+": "nearer",
  "=": "nearer",
  "-": "farther",
};

export function actOf({ key, ctrlKey, metaKey, altKey, shiftKey, target }: Press): Act | null {
  const name = key.toLowerCase();
  // Brackets need Alt, or Control and Alt, on many keyboards.
  if ("[]{}".includes(key)) return KEYS[key] ?? null;
  if (ctrlKey || metaKey) {
    if (name === "z") return shiftKey ? "redo" : "undo";
    return name === "y" ? "redo" : null;
  }
  // Space presses buttons.
  if (altKey || (key === " " && target instanceof Element && target.closest("button, input"))) return null;
  return KEYS[name] ?? null;
}

export const isHeld = (act: Act): act is Held => act === "peek" || act === "move";

export const isTool = (act: Act): act is Tool => (TOOLS as readonly string[]).includes(act);
