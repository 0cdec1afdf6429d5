import { MousePointerClick } from "lucide-react";

import { framesOf, notesOf } from "../../../document/edits";
import { useText } from "../../../text/language";
import { Empty } from "../../../ui/Empty";
import { useEditor } from "../../editor";
import { Arranging } from "./Arranging";
import { FrameSettings } from "./FrameSettings";
import { NodeSettings } from "./NodeSettings";
import { NoteSettings } from "./NoteSettings";
import { SidePanel } from "../SidePanel";
import { WorkflowSettings } from "./WorkflowSettings";

/** All there is to set: of what is selected, or of the workflow as a whole. */
export function Inspector() {
  const { inspector } = useText().graph;
  const selected = useEditor((state) => state.selected);
  const [id, ...others] = selected;
  return (
    <SidePanel title={inspector.label} note={others.length ? inspector.several(selected.size) : ""}>
      {id === undefined ? (
        <>
          <WorkflowSettings />
          <Empty icon={<MousePointerClick size={32} />} title={inspector.nothing}>
            <p>{inspector.nothingHint}</p>
          </Empty>
        </>
      ) : others.length ? (
        <Arranging />
      ) : (
        <OfOne key={id} id={id} />
      )}
    </SidePanel>
  );
}

function OfOne({ id }: { readonly id: string }) {
  const box = useEditor(({ workflow }) => workflow.nodes[id]);
  const frame = useEditor(({ workflow }) => framesOf(workflow).find((each) => each.id === id));
  const note = useEditor(({ workflow }) => notesOf(workflow).find((each) => each.id === id));
  if (frame) return <FrameSettings frame={frame} />;
  if (note) return <NoteSettings note={note} />;
  return box ? <NodeSettings id={id} box={box} /> : null;
}
