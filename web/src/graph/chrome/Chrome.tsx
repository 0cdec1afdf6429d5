import { useEffect } from "react";

import { AddNode } from "./adding/AddNode";
import { AskCarrier } from "./files/AskCarrier";
import { AskReplace } from "./files/AskReplace";
import { startChecking } from "./problems/checking";
import { CommandPalette } from "./commands/CommandPalette";
import { Drops } from "./files/Drops";
import { HelpSheet } from "./commands/HelpSheet";
import { Library } from "./files/Library";
import { usePanels } from "./panels";
import { SaveAs } from "./files/SaveAs";
import { Shortcuts } from "./commands/Shortcuts";
import { Templates } from "./files/Templates";

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
