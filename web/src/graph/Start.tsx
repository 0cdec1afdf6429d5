import { LayoutTemplate, Plus, Workflow } from "lucide-react";

import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { perform } from "./chrome/commands/commands";
import { useEditor } from "./editor";
import styles from "./GraphPage.module.css";

/** What an empty canvas says. */
export function Start() {
  const { canvas } = useText().graph;
  const isEmpty = useEditor(({ workflow }) => !Object.keys(workflow.nodes).length && !workflow.layout?.["#notes"] && !workflow.layout?.["#frames"]);
  if (!isEmpty) return null;
  return (
    <div className={styles.start}>
      <Empty icon={<Workflow size={40} />} title={canvas.empty.title}>
        <p>{canvas.empty.text}</p>
        <div className={styles.ways}>
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => perform("addNode")}>
            {canvas.empty.add}
          </Button>
          <Button look="primary" icon={<LayoutTemplate size={16} aria-hidden />} onClick={() => perform("templates")}>
            {canvas.empty.template}
          </Button>
        </div>
      </Empty>
    </div>
  );
}
