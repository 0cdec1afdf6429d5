import { CircleCheck } from "lucide-react";

import { positionsOf, setResult } from "../../../document/edits";
import type { Place } from "../../../document/workflow";
import { useCatalogue } from "../../../server/catalogue";
import { useText } from "../../../text/language";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { Problems, type Problem } from "../../../ui/Problems";
import { useEditor } from "../../editor";
import { CANVAS, useView } from "../../view";
import { showNode } from "../commands/actions";
import { useChecks } from "./checking";
import { usePanels } from "../panels";
import { resultMissing, useGraphProblems } from "./problems";
import styles from "./ProblemsPanel.module.css";
import { remedyFor, type Remedy } from "./remedies";
import { SidePanel } from "../SidePanel";

/** What keeps the workflow from running: each leads to its node, and most can be mended here. */
export function ProblemsPanel() {
  const { problems: text } = useText().graph;
  const problems = useGraphProblems();
  const checking = useChecks((state) => state.checking);
  const catalogue = useCatalogue((state) => state.catalogue);
  return (
    <SidePanel title={text.label} note={checking ? text.checking : problems?.length ? text.count(problems.length) : ""}>
      {problems?.length === 0 && (
        <Empty icon={<CircleCheck size={40} />} title={text.none}>
          <p>{text.noneHint}</p>
        </Empty>
      )}
      <ul className={styles.list}>
        {problems?.map((problem, index) => (
          <li key={index} className={styles.problem}>
            <OneProblem problem={problem} />
          </li>
        ))}
      </ul>
      <NoResult />
      {catalogue && catalogue.problems.length > 0 && (
        <section className={styles.refused}>
          <h3>{text.fromNodes}</h3>
          <Problems problems={catalogue.problems} />
        </section>
      )}
    </SidePanel>
  );
}

/** No problem, but something that people forget. */
function NoResult() {
  const { problems: text } = useText().graph;
  const workflow = useEditor((state) => state.workflow);
  const catalogue = useCatalogue((state) => state.catalogue);
  const place = catalogue && resultMissing(workflow, catalogue);
  if (!place) return null;
  return (
    <div className={styles.advice}>
      <p>{text.noResult}</p>
      <Button onClick={() => useEditor.getState().edit((before) => setResult(before, place))}>{text.makeResult(place[0])}</Button>
    </div>
  );
}

function OneProblem({ problem }: { readonly problem: Problem }) {
  const { problems: text } = useText().graph;
  const node = problem.node ?? "";
  const workflow = useEditor((state) => state.workflow);
  const catalogue = useCatalogue((state) => state.catalogue);
  const isNode = Object.hasOwn(workflow.nodes, node);
  const remedy = catalogue && remedyFor(problem, workflow, catalogue);
  return (
    <>
      {isNode ? (
        <button type="button" className={styles.where} title={text.show(node)} onClick={() => showNode(node)}>
          {node}
          {problem.port && <span> · {problem.port}</span>}
        </button>
      ) : (
        <strong>{node || text.general}</strong>
      )}
      <p>{problem.message}</p>
      {problem.remedy && <p className={styles.remedy}>{problem.remedy}</p>}
      {remedy && (
        <Button onClick={() => apply(remedy)}>
          {remedy.what === "connect" ? text.connect(remedy.from.join(" · ")) : text[remedy.what]}
        </Button>
      )}
    </>
  );
}

function apply(remedy: Remedy): void {
  if (remedy.what === "addPhoto") {
    showNode(remedy.node);
    usePanels.getState().setSide("inspector");
  } else if (remedy.what === "addNode") askForFeeder(remedy.to);
  else useEditor.getState().edit(remedy.change);
}

/** Left of the node, and in the middle of the canvas, where people look. */
function askForFeeder(to: Place): void {
  const [x, y] = positionsOf(useEditor.getState().workflow).get(to[0]) ?? [0, 0];
  const canvas = document.getElementById(CANVAS)?.getBoundingClientRect();
  const screen = canvas ? { x: canvas.left + canvas.width / 3, y: canvas.top + canvas.height / 4 } : { x: 0, y: 0 };
  showNode(to[0]);
  useView.getState().openAdd({ screen, at: [x - 80, y + 54], from: { place: to, side: "input" } });
}
