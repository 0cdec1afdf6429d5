import { LoaderCircle } from "lucide-react";

import { useText } from "../text/language";
import { Empty } from "../ui/Empty";

export function Loading() {
  const { app } = useText();
  return <Empty icon={<LoaderCircle size={32} />} title={app.loading} />;
}
