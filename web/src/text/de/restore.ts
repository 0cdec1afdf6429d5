import type { Text } from "../en";

export const restore: Text["restore"] = {
  title: "",
};
