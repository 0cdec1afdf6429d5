import { useMemo } from "react";

import { contentOf, type Picture } from "./picture";

/** The same object for as long as it is the same picture, so that nothing is drawn anew. */
export function useSteady(picture: Picture | null): Picture | null {
  const content = picture && `${contentOf(picture)} ${picture.size?.width} ${picture.size?.height}`;
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the content says all that the object does
  return useMemo(() => picture, [content]);
}
