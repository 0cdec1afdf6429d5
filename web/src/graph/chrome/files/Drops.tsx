import { ImageDown } from "lucide-react";
import { useEffect, useState } from "react";

import type { Point } from "../../../document/workflow";
import { useText } from "../../../text/language";
import { CANVAS, useView } from "../../view";
import { addStep } from "../adding/adding";
import styles from "./Drops.module.css";
import { receive } from "./receiving";

/** What a node dragged from the palette is called among the data of the drag. */
export const NODE_DATA = "application/x-heirloom-node";

/** Takes what is dropped anywhere on the page; says so while something is held over it. */
export function Drops() {
  const { drop } = useText().graph;
  const [over, setOver] = useState(false);
  useEffect(() => listen(setOver), []);
  if (!over) return null;
  return (
    <div className={styles.over}>
      <div className={styles.word}>
        <ImageDown size={40} aria-hidden />
        <strong>{drop.here}</strong>
        <span>{drop.hint}</span>
      </div>
    </div>
  );
}

function listen(setOver: (over: boolean) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const on = (name: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
    window.addEventListener(name, act, { signal });
  on("dragover", (event) => {
    const { dataTransfer } = event;
    const brings = dataTransfer && [...dataTransfer.types].some((type) => type === "Files" || type === NODE_DATA);
    if (!brings) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) {
      // Something beneath takes it, and says so itself.
      setOver(false);
      return;
    }
    event.preventDefault();
    dataTransfer.dropEffect = "copy";
    setOver(dataTransfer.types.includes("Files"));
  });
  // Without a neighbour the pointer has left the window.
  on("dragleave", (event) => {
    if (!event.relatedTarget) setOver(false);
  });
  on("drop", (event) => {
    setOver(false);
    // A widget that took the photo itself has said so.
    if (!event.defaultPrevented) dropped(event);
  });
  return () => stop.abort();
}

function dropped(event: DragEvent): void {
  const { dataTransfer, clientX, clientY } = event;
  const files = [...(dataTransfer?.files ?? [])];
  const type = dataTransfer?.getData(NODE_DATA);
  if (!files.length && !type) return;
  event.preventDefault();
  const beneath = document.elementFromPoint(clientX, clientY);
  const node = beneath?.closest<HTMLElement>(".react-flow__node-step")?.dataset["id"] ?? null;
  if (files.length) void receive(files, { at: onCanvas(clientX, clientY), node });
  else if (type && beneath?.closest(`#${CANVAS}`)) addStep(type, onCanvas(clientX, clientY));
}

function onCanvas(x: number, y: number): Point {
  const at = useView.getState().flow?.screenToFlowPosition({ x, y }) ?? { x: 0, y: 0 };
  return [at.x, at.y];
}
