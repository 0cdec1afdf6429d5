import { QueuePanel } from "../panels/QueuePanel";
import { useText } from "../text/language";
import { Inspector } from "./chrome/inspector/Inspector";
import { usePanels } from "./chrome/panels";
import { ProblemsPanel } from "./chrome/problems/ProblemsPanel";
import { SidePanel } from "./chrome/SidePanel";

/** The panel at the right, if one is open. */
export function Side() {
  const { toolbar } = useText().graph;
  const side = usePanels((state) => state.side);
  switch (side) {
    case "inspector":
      return <Inspector />;
    case "problems":
      return <ProblemsPanel />;
    case "queue":
      return (
        <SidePanel title={toolbar.queue}>
          <QueuePanel />
        </SidePanel>
      );
    case null:
      return null;
  }
}
