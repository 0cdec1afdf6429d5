import type { SettingJson } from "../server/api";
import type { Scene } from "./scene";

/** What every widget is given. */
export interface WidgetProps {
  /** Of the control itself, unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly setting: SettingJson;
  /** As the workflow has it; the setting's default where the workflow says nothing. */
  readonly value: unknown;
  /** Changes with the same word belong to one gesture, such as a slider's drag: they are undone together. */
  readonly onChange: (value: unknown, merge?: string) => void;
  readonly scene?: Scene | undefined;
  readonly disabled?: boolean | undefined;
}
