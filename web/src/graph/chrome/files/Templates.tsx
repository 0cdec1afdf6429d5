import { ImageIcon } from "lucide-react";

import { recipePictureUrl } from "../../../server/addresses";
import type { WorkflowJson } from "../../../server/api";
import { useServed, useText } from "../../../text/language";
import { Dialog } from "../../../ui/Dialog";
import { Problems } from "../../../ui/Problems";
import { openListed } from "./files";
import { useListing } from "./listing";
import styles from "./Templates.module.css";

interface TemplatesProps {
  readonly onClose: () => void;
}

/** The workflows that come with the program, each with what it does to a photo. */
export function Templates({ onClose }: TemplatesProps) {
  const { files } = useText().graph;
  const { workflows, problems } = useListing("shipped");
  return (
    <Dialog title={files.templates} size="large" onClose={onClose}>
      <p className={styles.hint}>{files.templatesHint}</p>
      <Problems problems={problems} />
      <ul className={styles.grid}>
        {workflows?.map((workflow) => (
          <li key={workflow.name}>
            <Template
              workflow={workflow}
              onChoose={() => {
                onClose();
                void openListed(workflow);
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface TemplateProps {
  readonly workflow: WorkflowJson;
  readonly onChoose: () => void;
}

function Template({ workflow: { name, title, about, pictures, nodes }, onChoose }: TemplateProps) {
  const { files } = useText().graph;
  const served = useServed();
  return (
    <button type="button" className={styles.template} onClick={onChoose}>
      <span className={styles.pictures}>
        {pictures ? (
          (["before", "after"] as const).map((side) => <img key={side} src={recipePictureUrl(name, side)} alt={files[side]} loading="lazy" />)
        ) : (
          <ImageIcon size={32} aria-hidden />
        )}
      </span>
      <strong>{served(title || name)}</strong>
      {about && <span>{served(about)}</span>}
      <small>{files.nodes(nodes)}</small>
    </button>
  );
}
