import { beforeEach, expect, test } from "vitest";

import { useViewer, type Named } from "./useViewer";

const named = (id: string, key = id): Named => ({ id, label: id.toUpperCase(), picture: { key } });
const three = [named("a"), named("b"), named("c")];
const now = () => useViewer.getState().exhibition;
const ends = () => [now()?.before, now()?.after];

beforeEach(() => useViewer.getState().close());

test("shows what it is told to compare", () => {
  useViewer.getState().show({ title: "T", pictures: three, before: "a", after: "b" });
  expect(ends()).toEqual(["a", "b"]);
});

test("shows the last picture alone where nothing is said, or what is said is not there", () => {
  useViewer.getState().show({ title: "T", pictures: three });
  expect(ends()).toEqual(["", "c"]);
  useViewer.getState().show({ title: "T", pictures: three, before: "x", after: "y" });
  expect(ends()).toEqual(["", "c"]);
  useViewer.getState().show({ title: "T", pictures: [] });
  expect(ends()).toEqual(["", ""]);
});

test("leafs through the pictures, and stops at their ends", () => {
  const { show, leaf } = useViewer.getState();
  show({ title: "T", pictures: three, before: "a", after: "b" });
  leaf(1);
  expect(ends()).toEqual(["a", "c"]);
  leaf(1);
  expect(ends()).toEqual(["a", "c"]);
  leaf(-5);
  expect(ends()).toEqual(["a", "a"]);
});

test("what is compared stays while the pictures change", () => {
  const { show, update } = useViewer.getState();
  show({ title: "T", pictures: three, before: "a", after: "b", mask: { key: "m" } });
  update([named("a"), named("b", "new")]);
  expect(ends()).toEqual(["a", "b"]);
  expect(now()?.pictures[1]?.picture).toEqual({ key: "new" });
  expect(now()?.mask).toEqual({ key: "m" });
  update([named("a")], null);
  expect(ends()).toEqual(["a", "a"]);
  expect(now()?.mask).toBeNull();
});

test("a viewer that is closed stays closed when pictures change", () => {
  const { update, leaf, choose } = useViewer.getState();
  update(three);
  leaf(1);
  choose({ after: "a" });
  expect(now()).toBeNull();
});
