import { useText } from "../../../text/language";
import { Dialog } from "../../../ui/Dialog";
import styles from "./HelpSheet.module.css";
import { GROUPS, KEYS, readable, type CommandGroup, type CommandId } from "./keys";
import { usePanels } from "../panels";

interface HelpSheetProps {
  readonly onClose: () => void;
}

/** All keys and gestures of the graph page. */
export function HelpSheet({ onClose }: HelpSheetProps) {
  const { commands, keys } = useText().graph;
  const { singleKeys, setSingleKeys } = usePanels();
  return (
    <Dialog title={keys.label} size="large" onClose={onClose}>
      <label className={styles.single}>
        <input type="checkbox" checked={singleKeys} onChange={({ target }) => setSingleKeys(target.checked)} />
        {keys.single}
      </label>
      <div className={styles.groups}>
        {(Object.keys(GROUPS) as CommandGroup[]).map((group) => (
          <section key={group}>
            <h3>{commands.groups[group]}</h3>
            <dl>
              {withKeys(group).map((id) => (
                <div key={id} className={styles.row}>
                  <dt>{commands.names[id]}</dt>
                  <dd>
                    <Bindings id={id} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{keys.mouse}</h3>
          <dl>
            {keys.gestures.map(([gesture, effect]) => (
              <div key={gesture} className={styles.row}>
                <dt>{effect}</dt>
                <dd>{gesture}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function withKeys(group: CommandGroup): readonly CommandId[] {
  const ids: readonly CommandId[] = GROUPS[group];
  return ids.filter((id) => KEYS[id].length);
}

function Bindings({ id }: { readonly id: CommandId }) {
  const { keys } = useText().graph;
  return KEYS[id].map((binding, index) => (
    <span key={binding}>
      {index > 0 && ` ${keys.or} `}
      <kbd className={styles.key}>{readable(binding, keys.names)}</kbd>
    </span>
  ));
}
