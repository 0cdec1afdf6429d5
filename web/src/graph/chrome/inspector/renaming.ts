import { usePanels } from "../panels";

/** The id of the field that holds a node's name. */
export const NAME_FIELD = "inspector-name";

/** Put the cursor into the field with the selected node's name. */
export function startRenaming(): void {
  usePanels.getState().setSide("inspector");
  // The field is there once the panel is drawn.
  requestAnimationFrame(() => {
    const field = document.getElementById(NAME_FIELD);
    if (field instanceof HTMLInputElement) field.select();
  });
}
