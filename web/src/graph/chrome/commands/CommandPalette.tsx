import { Command } from "cmdk";
import { useEffect, useRef, useState } from "react";

import { useCatalogue } from "../../../server/catalogue";
import { useServed, useText } from "../../../text/language";
import { Dialog } from "../../../ui/Dialog";
import { useEditor } from "../../editor";
import { showNode } from "./actions";
import { COMMANDS, perform } from "./commands";
import styles from "../adding/Finder.module.css";
import { GROUPS, keysOf, type CommandGroup, type CommandId } from "./keys";
import { findIn, type Findable } from "../adding/search";
import paletteStyles from "./CommandPalette.module.css";

interface CommandPaletteProps {
  readonly onClose: () => void;
}

/** Everything that can be done, by its name; and every node of the workflow, to go there. */
export function CommandPalette({ onClose }: CommandPaletteProps) {
  const { commands } = useText().graph;
  const [query, setQuery] = useState("");
  const input = useRef<HTMLInputElement>(null);
  // The dialog has taken the focus to its first button.
  useEffect(() => input.current?.focus(), []);
  const then = (act: () => void) => {
    onClose();
    // The dialog has given the focus back by then.
    requestAnimationFrame(act);
  };
  const nodes = findIn(query, useNodes());
  const groups = useGroups(query);
  return (
    <Dialog title={commands.label} onClose={onClose}>
      <Command label={commands.label} shouldFilter={false} loop vimBindings={false} className={paletteStyles.palette}>
        <Command.Input ref={input} className={styles.input} placeholder={commands.placeholder} value={query} onValueChange={setQuery} />
        <Command.List className={styles.list} label={commands.label}>
          {!groups.length && !nodes.length && <p className={styles.nothing}>{commands.nothing}</p>}
          {groups.map(({ group, found }) => (
            <Command.Group key={group} heading={commands.groups[group]} className={styles.group}>
              {found.map((each) => (
                <Choice key={each.id} id={each.id} title={each.title} onChoose={() => then(() => perform(each.id))} />
              ))}
            </Command.Group>
          ))}
          {query && nodes.length > 0 && (
            <Command.Group heading={commands.goTo} className={styles.group}>
              {nodes.slice(0, 20).map(({ id, title }) => (
                <Command.Item key={id} value={`node ${id}`} className={styles.item} onSelect={() => then(() => showNode(id))}>
                  <span className={styles.words}>{title}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly id: CommandId;
  readonly title: string;
  readonly onChoose: () => void;
}

function Choice({ id, title, onChoose }: ChoiceProps) {
  const { keys } = useText().graph;
  return (
    <Command.Item value={id} disabled={!(COMMANDS[id].can?.() ?? true)} className={styles.item} onSelect={onChoose}>
      <span className={styles.words}>{title}</span>
      <kbd className={styles.keys}>{keysOf(id, keys.names)}</kbd>
    </Command.Item>
  );
}

interface Named extends Findable {
  readonly id: CommandId;
}

function useGroups(query: string): readonly { readonly group: CommandGroup; readonly found: readonly Named[] }[] {
  const { names } = useText().graph.commands;
  return (Object.keys(GROUPS) as CommandGroup[])
    .map((group) => {
      const ids: readonly CommandId[] = GROUPS[group];
      const all = ids.filter((id) => id !== "commands").map((id): Named => ({ id, title: names[id], words: [id] }));
      return { group, found: findIn(query, all) };
    })
    .filter(({ found }) => found.length > 0);
}

function useNodes(): readonly (Findable & { readonly id: string })[] {
  const nodes = useEditor((state) => state.workflow.nodes);
  const catalogue = useCatalogue((state) => state.catalogue);
  const served = useServed();
  return Object.entries(nodes).map(([id, box]) => {
    const title = catalogue?.nodes.get(box.type)?.title ?? box.type;
    return { id, title: id, words: [served(title), title] };
  });
}
