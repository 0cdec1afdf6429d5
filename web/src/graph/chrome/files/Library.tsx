import { FolderOpen, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import type { WorkflowJson } from "../../../server/api";
import { ask, problemsOf } from "../../../server/http";
import { useLanguage, useText } from "../../../text/language";
import { Button, IconButton } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Empty } from "../../../ui/Empty";
import { Problems } from "../../../ui/Problems";
import { openListed, tell } from "./files";
import styles from "./Library.module.css";
import { useListing } from "./listing";

interface LibraryProps {
  readonly onClose: () => void;
}

/** One's own workflows on the server: open or delete them. */
export function Library({ onClose }: LibraryProps) {
  const { files } = useText().graph;
  const { workflows, problems, reload } = useListing("own");
  const [deleting, setDeleting] = useState<string | null>(null);
  const remove = async (name: string) => {
    setDeleting(null);
    try {
      await ask(`/api/workflows/${encodeURIComponent(name)}`, { method: "DELETE" });
      toast.success(files.deleted(name));
    } catch (error) {
      tell(problemsOf(error));
    }
    reload();
  };
  return (
    <Dialog title={files.library} onClose={onClose}>
      <div className={styles.library}>
        <Problems problems={problems} />
        {workflows?.length === 0 && (
          <Empty icon={<FolderOpen size={40} />} title={files.libraryEmpty}>
            <p>{files.libraryEmptyHint}</p>
          </Empty>
        )}
        <ul>
          {workflows?.map((workflow) => (
            <li key={workflow.name} className={styles.row}>
              {deleting === workflow.name ? (
                <AskDelete name={workflow.name} onKeep={() => setDeleting(null)} onDelete={() => void remove(workflow.name)} />
              ) : (
                <Entry
                  workflow={workflow}
                  onOpen={() => {
                    onClose();
                    void openListed(workflow);
                  }}
                  onDelete={() => setDeleting(workflow.name)}
                />
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

interface EntryProps {
  readonly workflow: WorkflowJson;
  readonly onOpen: () => void;
  readonly onDelete: () => void;
}

function Entry({ workflow: { name, title, nodes, modified, problems }, onOpen, onDelete }: EntryProps) {
  const { files } = useText().graph;
  const language = useLanguage((state) => state.language);
  const when = new Date(modified * 1000).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <button type="button" className={styles.open} onClick={onOpen}>
        <strong>{name}</strong>
        {title && title !== name && <span>{title}</span>}
        <small>
          {files.nodes(nodes)} · {files.modified(when)}
          {problems.length > 0 && <b> · {files.damaged}</b>}
        </small>
      </button>
      <IconButton label={files.deleteNamed(name)} icon={<Trash2 size={18} />} onClick={onDelete} />
    </>
  );
}

interface AskDeleteProps {
  readonly name: string;
  readonly onKeep: () => void;
  readonly onDelete: () => void;
}

function AskDelete({ name, onKeep, onDelete }: AskDeleteProps) {
  const { graph, ui } = useText();
  return (
    <div className={styles.asking} role="group" aria-label={graph.files.deleteAsk(name)}>
      <span>{graph.files.deleteAsk(name)}</span>
      <Button autoFocus onClick={onKeep}>
        {ui.cancel}
      </Button>
      <Button look="danger" onClick={onDelete}>
        {graph.files.delete}
      </Button>
    </div>
  );
}
