import { changeFrame, FRAME_COLOURS, framesOf } from "../../document/edits";
import type { Point } from "../../document/workflow";
import { showStep } from "../../node/showStep";
import { useText } from "../../text/language";
import { Menu, type MenuItem } from "../../ui/Menu";
import { addNoteAt, pasteCopied } from "../chrome/commands/actions";
import { useMenuItem } from "../chrome/commands/FileMenu";
import { useEditor } from "../editor";
import { useView, type Pointed } from "../view";
import { cut } from "./connecting";
import { useFlow } from "./flowStore";
import { contentsOf } from "./moves";

type Groups = readonly (readonly MenuItem[])[];

/** What can be done with what was pointed at. */
export function ContextMenu() {
  const pointed = useView((state) => state.pointed);
  return pointed && <Opened key={`${pointed.at.x} ${pointed.at.y}`} pointed={pointed} />;
}

function Opened({ pointed }: { readonly pointed: Pointed }) {
  const { menus } = useText().graph;
  const groups = useGroups(pointed);
  const label = pointed.on === "step" ? menus.node : menus[pointed.on];
  return <Menu label={label} groups={groups} at={pointed.at} onClose={close} />;
}

const close = (): void => useView.getState().setPointed(null);

function useGroups(pointed: Pointed): Groups {
  const { menus, canvas } = useText().graph;
  const item = useMenuItem();
  const { id } = pointed;
  switch (pointed.on) {
    case "step":
      return [
        [{ label: menus.view, onChoose: () => showStep(id) }, item("runSelected"), item("makeResult")],
        [item("rename"), item("bypass"), item("collapse"), item("frame")],
        [item("cut"), item("copy"), item("duplicate")],
        [item("removeReconnect"), { ...item("remove"), danger: true }],
      ];
    case "frame":
      return [
        [{ label: menus.selectInside, onChoose: () => selectInside(id) }, item("duplicate")],
        FRAME_COLOURS.map((colour) => ({ label: menus.colour(canvas.colours[colour]), onChoose: () => paint(id, colour) })),
        [{ ...item("remove"), danger: true }],
      ];
    case "note":
      return [[item("cut"), item("copy"), item("duplicate")], [{ ...item("remove"), danger: true }]];
    case "wire":
      return [[{ label: menus.removeWire, danger: true, onChoose: () => cutWire(id) }]];
    case "canvas":
      return [
        [
          { ...item("addNode"), onChoose: () => useView.getState().openAdd({ screen: pointed.at, at: onCanvas(pointed), from: null }) },
          { ...item("addNote"), onChoose: () => addNoteAt(onCanvas(pointed)) },
          { ...item("paste"), onChoose: () => void pasteCopied(onCanvas(pointed)) },
        ],
        [item("selectAll"), item("arrange"), item("fit")],
        [item("undo"), item("redo")],
        [item("commands"), item("help")],
      ];
  }
}

function onCanvas({ at }: Pointed): Point {
  const { x, y } = useView.getState().flow?.screenToFlowPosition(at) ?? at;
  return [Math.round(x), Math.round(y)];
}

function selectInside(frame: string): void {
  const { workflow, select } = useEditor.getState();
  select(contentsOf(workflow, [frame]).get(frame) ?? []);
}

const paint = (frame: string, colour: string): void =>
  useEditor.getState().edit((workflow) => {
    const isPainted = framesOf(workflow).some((each) => each.id === frame && each.colour === colour);
    return isPainted ? workflow : changeFrame(workflow, frame, { colour });
  });

const cutWire = (id: string): void => cut(useFlow.getState().edges.filter((edge) => edge.id === id));
