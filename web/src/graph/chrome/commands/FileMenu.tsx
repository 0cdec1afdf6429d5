import { ChevronDown } from "lucide-react";
import { useState } from "react";

import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Menu, type MenuItem } from "../../../ui/Menu";
import { COMMANDS, perform } from "./commands";
import { keysOf, type CommandId } from "./keys";

const ITEMS: readonly (readonly CommandId[])[] = [
  ["newWorkflow", "library", "templates", "openFile"],
  ["save", "saveAs", "download"],
  ["openInRestore"],
  ["commands", "help"],
];

/** Opening and saving, and where everything else is found. */
export function FileMenu() {
  const { files } = useText().graph;
  const item = useMenuItem();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <>
      <Button
        look="quiet"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        {files.menu}
        <ChevronDown size={16} aria-hidden />
      </Button>
      {at && <Menu label={files.menu} at={at} groups={ITEMS.map((group) => group.map(item))} onClose={() => setAt(null)} />}
    </>
  );
}

/** A command as an item of a menu, with its name and its keys. */
export function useMenuItem(): (id: CommandId) => MenuItem {
  const { commands, keys } = useText().graph;
  return (id) => ({
    label: commands.names[id],
    keys: keysOf(id, keys.names),
    disabled: !(COMMANDS[id].can?.() ?? true),
    onChoose: () => perform(id),
  });
}
