import type { Text } from "../en";

export const widgets: Text["widgets"] = {
  title: "",
};
