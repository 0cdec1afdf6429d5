import type { Text } from "../en";

export const panels: Text["panels"] = {
  title: "",
};
