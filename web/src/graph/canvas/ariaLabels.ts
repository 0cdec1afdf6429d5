import type { AriaLabelConfig } from "@xyflow/react";

import type { Text } from "../../text/en";

/** What React Flow says to screen readers, in the person's language. */
export const ariaLabels = (words: Text["graph"]["canvas"]): Partial<AriaLabelConfig> => ({
  "node.a11yDescription.default": words.help,
  "node.a11yDescription.keyboardDisabled": words.help,
  "node.a11yDescription.ariaLiveMessage": ({ direction, x, y }) =>
    words.moved(words.directions[direction as keyof typeof words.directions], x, y),
  "edge.a11yDescription.default": words.wireHelp,
  "minimap.ariaLabel": words.minimap,
});
