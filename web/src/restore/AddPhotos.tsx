import { useRef, type ReactNode } from "react";

import { useCatalogue } from "../server/catalogue";
import { Button, IconButton } from "../ui/Button";
import { acceptOf } from "./photoFiles";
import { addFiles } from "./uploads";

interface AddPhotosProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly look?: "primary" | "usual" | "quiet" | "icon";
  readonly className?: string | undefined;
}

/** A button that opens the dialog for files, or a phone's albums and camera. */
export function AddPhotos({ label, icon, look = "usual", className }: AddPhotosProps) {
  const input = useRef<HTMLInputElement>(null);
  const suffixes = useCatalogue((state) => state.catalogue?.kinds.get("image")?.reads);
  const open = () => input.current?.click();
  return (
    <>
      {look === "icon" ? (
        <IconButton label={label} icon={icon} onClick={open} className={className} />
      ) : (
        <Button look={look} icon={icon} onClick={open} className={className}>
          {label}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={acceptOf(suffixes ?? [])}
        aria-label={label}
        onChange={(event) => {
          addFiles(event.currentTarget.files ?? []);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
