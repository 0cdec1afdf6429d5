import { cleanup, render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach } from "vitest";

import type { SettingJson } from "../server/api";
import type { Scene } from "./scene";
import { Widget } from "./Widget";

/** For tests: a widget that keeps its value, as a node or a page does. */
export interface Shown {
  readonly user: UserEvent;
  /** What the last change made of it. */
  readonly value: () => unknown;
  /** Every change since it was shown, with the word of its gesture. */
  readonly changes: readonly (readonly [value: unknown, merge: string | undefined])[];
  /** Another value from outside, such as by undo. */
  readonly set: (value: unknown) => void;
}

interface Wish {
  readonly value?: unknown;
  readonly scene?: Scene;
  readonly disabled?: boolean;
}

afterEach(cleanup);

export const settingOf = (widget: string, parts: Partial<SettingJson> = {}): SettingJson => ({
  widget,
  default: null,
  schema: {},
  help: "",
  ...parts,
});

export function show(setting: SettingJson, { value: first = setting.default, scene, disabled }: Wish = {}): Shown {
  const changes: [unknown, string | undefined][] = [];
  let value = first;
  function Keeper({ now }: { readonly now: unknown }) {
    const [kept, setKept] = useState(now);
    const change = (next: unknown, merge?: string) => {
      changes.push([next, merge]);
      value = next;
      setKept(next);
    };
    return <Widget id="one" label="Strength" setting={setting} value={kept} onChange={change} scene={scene} disabled={disabled} />;
  }
  const { rerender } = render(<Keeper now={first} />);
  return {
    user: userEvent.setup(),
    value: () => value,
    changes,
    set: (next) => rerender(<Keeper key={JSON.stringify(next)} now={next} />),
  };
}
