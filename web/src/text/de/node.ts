import type { Text } from "../en";

export const node: Text["node"] = {
  title: "",
};
