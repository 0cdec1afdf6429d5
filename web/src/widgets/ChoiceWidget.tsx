import { useServed } from "../text/language";
import { Field } from "./Field";
import { NameSelect } from "./NameSelect";
import type { WidgetProps } from "./props";

/** One of a few names. */
export function ChoiceWidget(props: WidgetProps) {
  const { setting } = props;
  const served = useServed();
  return (
    <Field {...props}>
      <NameSelect {...props} names={namesOf(setting["options"] ?? setting.schema["enum"])} titleOf={served} />
    </Field>
  );
}

const namesOf = (options: unknown): readonly string[] =>
  Array.isArray(options) ? options.filter((option) => typeof option === "string") : [];
