import { useEffect } from "react";

import { AddNode } from "./AddNode";
import { AskCarrier } from "./AskCarrier";
import { AskReplace } from "./AskReplace";
import { startChecking } from "./checking";
import { CommandPalette } from "./CommandPalette";
import { Drops } from "./Drops";
import { HelpSheet } from "./HelpSheet";
import { Library } from "./Library";
import { usePanels } from "./panels";
import { SaveAs } from "./SaveAs";
import { Shortcuts } from "./Shortcuts";
import { Templates } from "./Templates";

/** Everything of the graph page that comes and goes: keyboard, clipboard, drops, search, dialogs. Mounted once. */
export function Chrome() {
  const dialog = usePanels((state) => state.dialog);
  const show = usePanels((state) => state.show);
  const close = () => show(null);
  useEffect(startChecking, []);
  return (
    <>
      <Shortcuts />
      <Drops />
      <AddNode />
      {dialog === "commands" && <CommandPalette onClose={close} />}
      {dialog === "help" && <HelpSheet onClose={close} />}
      {dialog === "library" && <Library onClose={close} />}
      {dialog === "templates" && <Templates onClose={close} />}
      {dialog === "saveAs" && <SaveAs onClose={close} />}
      <AskCarrier />
      <AskReplace />
    </>
  );
}
