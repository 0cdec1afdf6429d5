import { Download as Arrow } from "lucide-react";
import { useState } from "react";

import { useText } from "../text/language";
import { IconButton } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { fileUrl, FORMATS } from "./file";
import type { Named } from "./useViewer";

/** The picture at its full size, as a file of the format that is chosen. */
export function Download({ shown }: { readonly shown: Named }) {
  const { viewer } = useText();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const items = FORMATS.map((format) => ({
    label: viewer.formats[format],
    onChoose: () => save(fileUrl(shown.picture, format, shown.label)),
  }));
  return (
    <>
      <IconButton
        label={viewer.download}
        icon={<Arrow size={18} />}
        aria-haspopup="menu"
        aria-expanded={!!at}
        onClick={({ currentTarget }) => {
          const { left, top } = currentTarget.getBoundingClientRect();
          setAt({ x: left, y: top });
        }}
      />
      {at && <Menu label={viewer.download} groups={[items]} at={at} onClose={() => setAt(null)} />}
    </>
  );
}

/** The answer says that it is a file to keep: the page stays. */
function save(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
