import { useEffect, useState } from "react";

import { addFiles } from "./uploads";

/** Takes photos that are dropped anywhere on the page or pasted. Returns whether some hover over it now. */
export function useGathering(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const listen = (name: "dragenter" | "dragover" | "dragleave" | "drop", hear: (event: DragEvent) => void) =>
      window.addEventListener(name, hear, { signal: end.signal });
    const welcome = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    listen("dragenter", welcome);
    listen("dragover", welcome);
    listen("dragleave", (event) => {
      // Out of the window, not only from one element to the next.
      if (!event.relatedTarget) setOver(false);
    });
    listen("drop", (event) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      addFiles(event.dataTransfer?.files ?? []);
    });
    window.addEventListener("paste", takePasted, { signal: end.signal });
    return () => end.abort();
  }, []);
  return isOver;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

function takePasted(event: ClipboardEvent): void {
  const files = event.clipboardData?.files;
  if (!files?.length) return;
  event.preventDefault();
  addFiles(files);
}
