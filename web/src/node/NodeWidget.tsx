import type { WidgetProps } from "../widgets/props";
import { Widget } from "../widgets/Widget";
import { useScene } from "./useScene";

interface NodeWidgetProps extends Omit<WidgetProps, "scene"> {
  /** The node whose setting it is. */
  readonly node: string;
}

/** Controls that are drawn on the photo. */
const DRAWN: ReadonlySet<string> = new Set(["faces", "placement", "points", "quad", "strokes"]);

/** The widget of a node's setting. Those drawn on the photo get what the node's inputs show; others need not wait. */
export function NodeWidget({ node, ...props }: NodeWidgetProps) {
  return DRAWN.has(props.setting.widget) ? <SceneWidget node={node} {...props} /> : <Widget {...props} />;
}

function SceneWidget({ node, ...props }: NodeWidgetProps) {
  return <Widget {...props} scene={useScene(node)} />;
}
