import type { ReactNode, SyntheticEvent } from "react";
import { createPortal } from "react-dom";

const keep = (event: SyntheticEvent) => event.stopPropagation();

interface ApartProps {
  readonly children: ReactNode;
}

/**
 * What a widget opens over the whole page. It lies outside of the node that the widget is in: what is pressed there
 * neither moves the node nor removes it, and turning the wheel does not zoom the canvas.
 */
export function Apart({ children }: ApartProps) {
  return createPortal(
    <div
      onKeyDown={keep}
      onKeyUp={keep}
      onPointerDown={keep}
      onMouseDown={keep}
      onClick={keep}
      onDoubleClick={keep}
      onContextMenu={keep}
      onWheel={keep}
      onPaste={keep}
      onDragOver={keep}
      onDrop={keep}
    >
      {children}
    </div>,
    document.body,
  );
}
