import { useEffect } from "react";

import { CANVAS, useView, type WireEnd } from "../view";
import { fits } from "./connecting";

/** While a wire is drawn, sockets that it does not fit are dimmed: `data-unfit` marks them, without drawing a card anew. */
export function useDimmed(): void {
  const wiring = useView((state) => state.wiring);
  useEffect(() => {
    const canvas = document.getElementById(CANVAS);
    if (!wiring || !canvas) return;
    const unfit = [...canvas.querySelectorAll<HTMLElement>(".react-flow__handle")].filter((socket) => !isFor(wiring, socket));
    for (const socket of unfit) socket.dataset["unfit"] = "";
    return () => {
      for (const socket of unfit) delete socket.dataset["unfit"];
    };
  }, [wiring]);
}

function isFor({ place: [id, port], side }: WireEnd, socket: HTMLElement): boolean {
  const { nodeid = "", handleid = "" } = socket.dataset;
  // Where the wire begins stays as it is.
  if (nodeid === id && handleid === port) return true;
  if (socket.classList.contains("source") === (side === "output")) return false;
  return side === "output"
    ? fits({ source: id, sourceHandle: port, target: nodeid, targetHandle: handleid })
    : fits({ source: nodeid, sourceHandle: handleid, target: id, targetHandle: port });
}
