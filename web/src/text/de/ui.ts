import type { Text } from "../en";

export const ui: Text["ui"] = {
  close: "Schließen",
  cancel: "Abbrechen",
  confirm: "OK",
  more: "Mehr",
  percent: (share: number) => `${Math.round(share * 100)} %`,
};
