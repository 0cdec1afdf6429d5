import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";

import { textNow } from "../text/language";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";

interface BrokenProps {
  readonly children: ReactNode;
}

/** Keeps a fault of one page from taking the whole editor away. */
export class Broken extends Component<BrokenProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    const { app } = textNow();
    return (
      <Empty icon={<TriangleAlert size={40} />} title={app.broken}>
        <p>{app.brokenRemedy}</p>
        <p>{this.state.error instanceof Error ? this.state.error.message : null}</p>
        <Button onClick={() => window.location.reload()}>{app.reload}</Button>
      </Empty>
    );
  }
}
