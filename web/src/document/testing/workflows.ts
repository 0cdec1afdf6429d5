import fc from "fast-check";

import { connect } from "../edits";
import { fit } from "../connect";
import type { Box, Place, Point, Workflow } from "../workflow";
import { CATALOGUE } from "./catalogue";

/** Workflows of any shape that the editor can make, for laws that hold for all of them. */

/** Names that people choose, and those that a careless program trips over. */
const id = fc.oneof(
  fc.constantFrom("denoise", "denoise 2", "photo", "constructor", "__proto__", "toString", "10"),
  fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== "" && !text.startsWith("#")),
);

export const point: fc.Arbitrary<Point> = fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 }));

const box: fc.Arbitrary<Box> = fc
  .record(
    {
      type: fc.constantFrom(...CATALOGUE.nodes.keys()),
      settings: fc.dictionary(fc.constantFrom("strength", "photo"), fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0), fc.string()), { minKeys: 1 }),
      bypass: fc.constant(true),
      without: fc.constantFrom("bypass" as const, { strength: 0.5 }),
    },
    { requiredKeys: ["type"] },
  )
  .map((made): Box => ({ ...made }));

const size: fc.Arbitrary<Point> = fc.constantFrom<Point[]>([200, 100], [640, 480]);

const frames = fc.uniqueArray(fc.record({ id: fc.constantFrom("#frame", "#frame 2"), title: fc.string(), colour: fc.constantFrom("sand", "sky"), at: point, size }), { maxLength: 2, selector: (frame) => frame.id });

const notes = fc.uniqueArray(fc.record({ id: fc.constantFrom("#note", "#note 2"), text: fc.string(), at: point, size }), { maxLength: 2, selector: (note) => note.id });

/** Any place there could be, right or wrong. */
export const placeIn = (workflow: Workflow, side: "inputs" | "outputs"): fc.Arbitrary<Place> => {
  const all = Object.entries(workflow.nodes).flatMap(([each, { type }]) =>
    Object.keys(CATALOGUE.nodes.get(type)?.[side] ?? {}).map((port): Place => [each, port]),
  );
  return fc.constantFrom<Place[]>(["nobody", "image"], ...all);
};

/** Some of the nodes, and names of none. */
export const someOf = (workflow: Workflow): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...Object.keys(workflow.nodes), "nobody"]);

const wired = (workflow: Workflow): fc.Arbitrary<Workflow> =>
  fc
    .array(fc.tuple(placeIn(workflow, "outputs"), placeIn(workflow, "inputs")), { maxLength: 20 })
    .map((wires) =>
      wires.reduce((made, [from, to]) => (fit(made, CATALOGUE, from, to).ok ? connect(made, from, to) : made), workflow),
    );

const withFacts = (workflow: Workflow): fc.Arbitrary<Workflow> => {
  const ids = Object.keys(workflow.nodes);
  if (!ids.length) return fc.constant(workflow);
  const place = fc.tuple(fc.constantFrom(...ids), fc.constantFrom("image", "strength"));
  return fc
    .record(
      {
        title: fc.string(),
        input: place,
        result: place,
        each: place,
        controls: fc.dictionary(fc.constantFrom("Strength", "Noise"), fc.array(place, { minLength: 1, maxLength: 2 }), { minKeys: 1 }),
      },
      { requiredKeys: [] },
    )
    .map((facts) => ({ ...workflow, ...facts }));
};

export const workflows: fc.Arbitrary<Workflow> = fc
  .uniqueArray(fc.tuple(id, box, fc.option(point), fc.boolean()), { maxLength: 8, selector: ([each]) => each })
  .chain((boxes) =>
    fc.tuple(frames, notes).map(
      ([framed, noted]): Workflow => ({
        version: 1,
        nodes: Object.fromEntries(boxes.map(([each, made]) => [each, made])),
        layout: {
          ...Object.fromEntries(
            boxes.flatMap(([each, , at, collapsed]) => (at ? [[each, collapsed ? { at, collapsed } : at]] : [])),
          ),
          ...(framed.length && { "#frames": framed }),
          ...(noted.length && { "#notes": noted }),
        },
      }),
    ),
  )
  .chain(wired)
  .chain(withFacts);
