import { ScanFace } from "lucide-react";
import { useState } from "react";

import { useText } from "../text/language";
import { classes } from "../ui/classes";
import { Problems } from "../ui/Problems";
import type { Picture, StepPicture } from "../viewer/picture";
import { toStage, type View } from "../viewer/view";
import { Apart } from "./Apart";
import controls from "./controls.module.css";
import { useDraft } from "./draft";
import { choiceOf, numbersOf, shownNumbers, toggled } from "./faces";
import styles from "./FacesWidget.module.css";
import { Field } from "./Field";
import { useFound, type FoundFace } from "./found";
import { PhotoDialog } from "./PhotoDialog";
import type { WidgetProps } from "./props";
import { Refusal } from "./Refusal";

/** All faces, the largest, or some: by their numbers, or clicked on the photo where they have been found. */
export function FacesWidget(props: WidgetProps) {
  const { id, label, setting, value, onChange, disabled, scene } = props;
  const { faces: text } = useText().widgets;
  const [isOpen, setOpen] = useState(false);
  const choice = choiceOf(value);
  const way = typeof choice === "string" ? choice : "some";
  const found = scene?.faces ?? null;
  const picture = scene?.image ?? null;
  return (
    <Field {...props}>
      <select
        id={id}
        className={controls.select}
        aria-description={setting.help || undefined}
        disabled={disabled}
        value={way}
        onChange={(event) => onChange(event.currentTarget.value === "some" ? [0] : event.currentTarget.value)}
      >
        <option value="all">{text.all}</option>
        <option value="largest">{text.largest}</option>
        <option value="some">{text.some}</option>
      </select>
      {typeof choice !== "string" && <Numbers {...props} numbers={choice} />}
      {typeof choice !== "string" && found && picture && (
        <button
          type="button"
          className={controls.tool}
          aria-label={`${label}: ${text.choose}`}
          title={text.choose}
          disabled={disabled}
          onClick={() => setOpen(true)}
        >
          <ScanFace size={16} aria-hidden />
        </button>
      )}
      {isOpen && found && picture && (
        <Apart>
          <FacesDialog {...props} picture={picture} found={found} onClose={() => setOpen(false)} />
        </Apart>
      )}
    </Field>
  );
}

function Numbers({ label, value, onChange, disabled, numbers }: WidgetProps & { readonly numbers: readonly number[] }) {
  const { faces: text } = useText().widgets;
  const draft = useDraft(value);
  const take = () => {
    if (draft.text === null) return;
    const typed = numbersOf(draft.text);
    if (!typed) {
      draft.refuse(text.notNumbers);
    } else {
      draft.drop();
      onChange(typed);
    }
  };
  return (
    <>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        className={classes(controls.text, styles.numbers)}
        aria-label={`${label}: ${text.numbers}`}
        aria-invalid={draft.refusal !== null}
        title={text.how}
        disabled={disabled}
        value={draft.text ?? shownNumbers(numbers)}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === "Enter" && take()}
      />
      <Refusal words={draft.refusal} />
    </>
  );
}

interface FacesDialogProps extends WidgetProps {
  readonly picture: Picture;
  readonly found: StepPicture;
  readonly onClose: () => void;
}

function FacesDialog({ value, onChange, picture, found, onClose }: FacesDialogProps) {
  const { faces: text } = useText().widgets;
  const [view, setView] = useState<View | null>(null);
  const choice = choiceOf(value);
  const numbers = typeof choice === "string" ? [] : choice;
  const { faces, problems } = useFound(found);
  return (
    <PhotoDialog
      title={text.title}
      picture={picture}
      how={faces ? `${text.found(faces.length)} ${text.how}` : text.how}
      view={view}
      onView={setView}
      onClose={onClose}
      tools={<Problems problems={problems} />}
    >
      {view &&
        faces?.map((face, index) => (
          <button
            key={index}
            type="button"
            data-hold
            className={styles.face}
            style={frameOf(face, view)}
            aria-label={text.face(index + 1)}
            aria-pressed={numbers.includes(index)}
            onClick={() => onChange(toggled(numbers, index))}
          >
            <span className={styles.number}>{index + 1}</span>
          </button>
        ))}
    </PhotoDialog>
  );
}

function frameOf({ box: [left, top, right, bottom] }: FoundFace, view: View) {
  const corner = toStage(view, { x: left, y: top });
  return { left: corner.x, top: corner.y, width: (right - left) * view.scale, height: (bottom - top) * view.scale };
}
