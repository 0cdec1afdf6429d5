import { expect, test } from "vitest";

import type { Named } from "../viewer/useViewer";
import { renewed } from "./showStep";

const picture = (id: string, key: string): Named => ({ id, label: id, picture: { key } });

test("what was made again replaces what was shown, what is being made stays, what is new comes last", () => {
  const shown = [picture("photo", "a"), picture("blur", "b")];
  expect(renewed(shown, [picture("photo", "a2"), picture("sharpen", "c")])).toEqual([
    picture("photo", "a2"),
    picture("blur", "b"),
    picture("sharpen", "c"),
  ]);
});
