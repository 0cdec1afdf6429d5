import type { Workflow } from "../document/workflow";
import { useRuns } from "../runs/store";
import { useEditor } from "./editor";

/** While live mode is on, the server follows every change, one wish a frame. Returns what ends that. */
export function followChanges(): () => void {
  let frame = 0;
  const follow = () => {
    frame = 0;
    const { live, workflow, photo } = useEditor.getState();
    if (live) useRuns.getState().follow({ document: workflow, photo });
  };
  const soon = () => {
    frame ||= requestAnimationFrame(follow);
  };
  const endEdits = useEditor.subscribe((now, before) => {
    if (!now.live) return;
    if (now.live !== before.live || now.photo !== before.photo || !sameWork(now.workflow, before.workflow)) soon();
  });
  const endConnections = useRuns.subscribe((now, before) => {
    if (now.connected && !before.connected) soon();
    // A live run ends with its connection; what it showed stays.
    if (!now.live && before.live && useEditor.getState().live) useEditor.setState({ run: before.live });
  });
  return () => {
    cancelAnimationFrame(frame);
    endEdits();
    endConnections();
  };
}

/** Where nodes stand changes no picture. */
export const sameWork = (one: Workflow, other: Workflow): boolean =>
  one.nodes === other.nodes && one.result === other.result && one.input === other.input;
