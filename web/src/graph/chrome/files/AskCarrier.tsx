import { thumbnailUrl } from "../../../server/addresses";
import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import styles from "./AskCarrier.module.css";
import { replaceDocument } from "./files";
import { usePanels } from "../panels";

/** A picture that was made here came in: is it meant as a photo, or as the workflow that made it? */
export function AskCarrier() {
  const { drop } = useText().graph;
  const { carrier, setCarrier } = usePanels();
  if (!carrier) return null;
  const { photo, workflow, accept } = carrier;
  const close = () => setCarrier(null);
  const choose = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <Dialog
      title={drop.carries}
      onClose={close}
      actions={
        <>
          <Button onClick={choose(accept)}>{drop.usePhoto}</Button>
          <Button look="primary" onClick={choose(() => replaceDocument(workflow))}>
            {drop.openGraph}
          </Button>
        </>
      }
    >
      <div className={styles.carrier}>
        <img src={thumbnailUrl(photo.sha256, 256)} alt="" />
        <p>{drop.carriesText(photo.name)}</p>
      </div>
    </Dialog>
  );
}
