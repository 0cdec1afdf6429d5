import { fittingSources, kindFits, kindOfInput, kindOfOutput } from "../../../document/connect";
import { connect, disconnect, removeNodes, setBypass, setControl, setInput, setResult } from "../../../document/edits";
import { changeBox } from "../../../document/nodes";
import { omit, without } from "../../../document/record";
import { childrenOf, inOrder } from "../../../document/wiring";
import type { Place, Workflow } from "../../../document/workflow";
import type { Catalogue } from "../../../server/catalogue";
import type { Problem } from "../../../ui/Problems";

/** What can be done about a problem, on the spot. */
export type Remedy =
  | { readonly what: "removeWire" | "removeNode" | "reset" | "switchOn"; readonly change: (workflow: Workflow) => Workflow }
  /** An output that is there may feed the input. */
  | { readonly what: "connect"; readonly from: Place; readonly change: (workflow: Workflow) => Workflow }
  /** A node that feeds this input is missing. */
  | { readonly what: "addNode"; readonly to: Place }
  /** Somebody has to choose: in this node. */
  | { readonly what: "addPhoto"; readonly node: string };

/** The remedy that a problem calls for; null where only a person can tell. */
export function remedyFor({ node, port }: Problem, workflow: Workflow, catalogue: Catalogue): Remedy | null {
  if (!node) return null;
  const box = Object.hasOwn(workflow.nodes, node) ? workflow.nodes[node] : undefined;
  if (!box) return remedyOfFacts(node, port ?? null);
  const known = catalogue.nodes.get(box.type);
  if (!known) return { what: "removeNode", change: (before) => removeNodes(before, [node], catalogue) };
  if (!port) return null;
  const to: Place = [node, port];
  const source = box.inputs?.[port];
  if (source) return remedyOfWire(workflow, catalogue, source, to);
  if (known.inputs[port]) return remedyOfLoose(workflow, catalogue, to);
  if (known.settings[port]?.widget === "photo") return { what: "addPhoto", node };
  return box.settings && Object.hasOwn(box.settings, port) ? { what: "reset", change: (before) => reset(before, to) } : null;
}

/** Of what the workflow says of itself: its input, its result, its plain controls. */
function remedyOfFacts(what: string, name: string | null): Remedy | null {
  if (what === "input") return { what: "reset", change: (before) => setInput(before, null) };
  if (what === "result") return { what: "reset", change: (before) => setResult(before, null) };
  if (what === "controls" && name !== null) return { what: "reset", change: (before) => setControl(before, name, null) };
  return null;
}

/** The likeliest source is the last of the very kind, before all one that feeds nobody yet. */
function remedyOfLoose(workflow: Workflow, catalogue: Catalogue, to: Place): Remedy {
  const wants = kindOfInput(workflow, catalogue, to);
  const order = inOrder(workflow);
  const children = childrenOf(workflow);
  const sources = fittingSources(workflow, catalogue, to)
    .filter((place) => kindOfOutput(workflow, catalogue, place) === wants)
    .sort((one, other) => order.indexOf(other[0]) - order.indexOf(one[0]));
  const from = sources.find(([id]) => !children.has(id)) ?? sources[0];
  return from ? { what: "connect", from, change: (before) => connect(before, from, to) } : { what: "addNode", to };
}

function remedyOfWire(workflow: Workflow, catalogue: Catalogue, source: Place, to: Place): Remedy {
  const has = kindOfOutput(workflow, catalogue, source);
  const wants = kindOfInput(workflow, catalogue, to);
  const fits = has !== undefined && wants !== undefined && kindFits(catalogue, has, wants);
  if (fits && workflow.nodes[source[0]]?.bypass) {
    return { what: "switchOn", change: (before) => setBypass(before, [source[0]], false) };
  }
  return { what: "removeWire", change: (before) => disconnect(before, to) };
}

const reset = (workflow: Workflow, [id, name]: Place): Workflow =>
  changeBox(workflow, id, (box) => {
    const settings = without(box.settings ?? {}, new Set([name]));
    return Object.keys(settings).length ? { ...box, settings } : omit(box, "settings");
  });
