import type { NodeProps } from "@xyflow/react";
import { memo } from "react";

import { NodeCard } from "../../node/NodeCard";
import { SimpleCard } from "../../node/SimpleCard";
import { useFar } from "./far";
import type { StepNode } from "./flow";
import type { Shape } from "./shape";
import styles from "./StepBox.module.css";

type Props = NodeProps<StepNode>;

/** Whether a card looks the same: where it stands is no matter of its own. */
const looksSame = (before: Props, after: Props): boolean => before.id === after.id && before.selected === after.selected;

const Card = memo(NodeCard, looksSame);

/** A node on the canvas: its card, or a simple one where it would be too small to read. */
export const StepBox = memo(Step, (before, after) => looksSame(before, after) && before.data.shape === after.data.shape);

function Step(props: Props) {
  const isFar = useFar();
  const { shape } = props.data;
  if (!isFar || !shape) return <Card {...props} />;
  return (
    <div className={styles.far} style={shape.measured}>
      <SimpleCard {...props} />
      <Ends shape={shape} />
    </div>
  );
}

/** Where its wires end: React Flow looks for sockets in the page, and a simple card has none. */
const Ends = ({ shape }: { readonly shape: Shape }) =>
  shape.handles.map(({ id, type, position, x, y, width, height }) => (
    <i
      key={`${type} ${id}`}
      className={`${type} ${styles.end}`}
      data-handleid={id}
      data-handlepos={position}
      style={{ left: x, top: y, width, height }}
    />
  ));
