import { Command } from "cmdk";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { fittingNodes, kindOfInput, kindOfOutput, type LooseEnd } from "../../../document/connect";
import type { Workflow } from "../../../document/workflow";
import { FamilyIcon } from "../../../node/FamilyIcon";
import { tintOf } from "../../../node/tint";
import type { NodeJson } from "../../../server/api";
import { useCatalogue, type Catalogue } from "../../../server/catalogue";
import { useServed, useText } from "../../../text/language";
import { useEditor } from "../../editor";
import { useView, type Adding, type WireEnd } from "../../view";
import { addStep } from "./adding";
import styles from "./Finder.module.css";
import { byFamily, useListed, type ListedNode } from "./listed";
import { findIn } from "./search";

/** The popover that adds a node, while it is asked for; only fitting nodes where a wire leads to it. */
export function AddNode() {
  const adding = useView((state) => state.adding);
  const catalogue = useCatalogue((state) => state.catalogue);
  return adding && catalogue ? <Finder key={adding.screen.x + adding.screen.y} adding={adding} catalogue={catalogue} /> : null;
}

interface FinderProps {
  readonly adding: Adding;
  readonly catalogue: Catalogue;
}

function Finder({ adding, catalogue }: FinderProps) {
  const { search } = useText().graph;
  const served = useServed();
  const close = useView((state) => state.closeAdd);
  const [query, setQuery] = useState("");
  const box = usePopover(adding, close);
  const end = looseEnd(useEditor.getState().workflow, catalogue, adding.from);
  const found = findIn(query, offered(catalogue, end).map(useListed()));
  const label = !end ? search.label : "output" in end ? search.fitting(served(end.output)) : search.feeding(served(end.input));
  const choose = (node: NodeJson) => {
    close();
    addStep(node.id, adding.at, adding.from);
  };
  return (
    <div ref={box} className={styles.popover} role="dialog" aria-label={label}>
      <Command label={label} shouldFilter={false} loop vimBindings={false}>
        {end && <p className={styles.heading}>{label}</p>}
        <Command.Input autoFocus className={styles.input} placeholder={search.placeholder} value={query} onValueChange={setQuery} />
        <Command.List className={styles.list} label={label}>
          {!found.length && <p className={styles.nothing}>{search.nothing}</p>}
          {query || end ? (
            found.map((each) => <Choice key={each.node.id} listed={each} onChoose={choose} />)
          ) : (
            <ByFamily found={found} onChoose={choose} />
          )}
        </Command.List>
      </Command>
    </div>
  );
}

function ByFamily({ found, onChoose }: { readonly found: readonly ListedNode[]; readonly onChoose: (node: NodeJson) => void }) {
  return byFamily(found).map(([family, nodes]) => (
    <Command.Group key={family} heading={family} className={styles.group}>
      {nodes.map((each) => (
        <Choice key={each.node.id} listed={each} onChoose={onChoose} />
      ))}
    </Command.Group>
  ));
}

interface ChoiceProps {
  readonly listed: ListedNode;
  readonly onChoose: (node: NodeJson) => void;
}

function Choice({ listed: { node, title, summary }, onChoose }: ChoiceProps) {
  return (
    <Command.Item value={node.id} className={styles.item} onSelect={() => onChoose(node)}>
      <span className={styles.icon} style={{ background: tintOf(node.family) }}>
        <FamilyIcon family={node.family} />
      </span>
      <span className={styles.words}>
        <span>{title}</span>
        <small>{summary}</small>
      </span>
    </Command.Item>
  );
}

function looseEnd(workflow: Workflow, catalogue: Catalogue, from: WireEnd | null): LooseEnd | null {
  const kind = from && (from.side === "output" ? kindOfOutput : kindOfInput)(workflow, catalogue, from.place);
  if (!from || kind === undefined || kind === null) return null;
  return from.side === "output" ? { output: kind } : { input: kind };
}

const offered = (catalogue: Catalogue, end: LooseEnd | null): readonly NodeJson[] =>
  end ? fittingNodes(catalogue, end).map(({ node }) => node) : [...catalogue.nodes.values()];

/** Stands where it was asked for, within the window; closes on Escape and on a click elsewhere, and gives the focus back. */
function usePopover({ screen }: Adding, close: () => void) {
  const box = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(8, Math.min(screen.x, window.innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(screen.y, window.innerHeight - height - 8))}px`;
  }, [screen]);
  useEffect(() => {
    const elsewhere = ({ target }: PointerEvent) => {
      if (!box.current?.contains(target as Node)) close();
    };
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    };
    const element = box.current;
    document.addEventListener("pointerdown", elsewhere, true);
    element?.addEventListener("keydown", escaped);
    return () => {
      document.removeEventListener("pointerdown", elsewhere, true);
      element?.removeEventListener("keydown", escaped);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before, close]);
  return box;
}
