import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { save } from "./files";
import { usePanels } from "../panels";

/** Asks before changes that nobody saved are lost. */
export function AskReplace() {
  const { files } = useText().graph;
  const { replacing, setReplacing } = usePanels();
  if (!replacing) return null;
  const close = () => setReplacing(null);
  return (
    <Dialog
      title={files.unsaved}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            {files.keepEditing}
          </Button>
          <Button
            look="danger"
            onClick={() => {
              close();
              replacing();
            }}
          >
            {files.discard}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              close();
              void save(replacing);
            }}
          >
            {files.saveFirst}
          </Button>
        </>
      }
    >
      <p>{files.unsavedText}</p>
    </Dialog>
  );
}
