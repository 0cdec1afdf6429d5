import type { Text } from "../en";

export const painter: Text["painter"] = {
  title: "",
};
