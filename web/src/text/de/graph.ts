import type { Text } from "../en";

export const graph: Text["graph"] = {
  title: "",
};
