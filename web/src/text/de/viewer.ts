import type { Text } from "../en";

export const viewer: Text["viewer"] = {
  title: "",
};
