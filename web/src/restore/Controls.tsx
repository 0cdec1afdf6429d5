import { RotateCcw } from "lucide-react";
import { useEffect, useId } from "react";

import { controlsOf, type Control } from "../document/controls";
import { useCatalogue } from "../server/catalogue";
import { useServed, useText } from "../text/language";
import { Button } from "../ui/Button";
import { Widget } from "../widgets/Widget";
import { NONE } from "./choices";
import styles from "./Controls.module.css";
import { useRecipes } from "./recipes";
import { useRestore } from "./store";

/** The few settings that the recipe itself names as its public ones. */
export function Controls() {
  const { restore } = useText();
  const heading = useId();
  const recipe = useRestore((state) => state.recipe);
  const isChanged = useRestore((state) => Object.keys(state.values[recipe] ?? NONE).length > 0);
  const reset = useRestore((state) => state.resetValues);
  const workflow = useRecipes((state) => state.workflows[recipe]);
  const open = useRecipes((state) => state.open);
  const catalogue = useCatalogue((state) => state.catalogue);
  useEffect(() => {
    if (!workflow) void open(recipe);
  }, [workflow, open, recipe]);
  if (!workflow || !catalogue) return null;
  const controls = controlsOf(workflow, catalogue);
  return (
    <section className={styles.controls} aria-labelledby={heading}>
      <header className={styles.header}>
        <h2 id={heading} className={styles.title}>
          {restore.settings.title}
        </h2>
        {isChanged && (
          <Button look="quiet" icon={<RotateCcw size={16} />} className={styles.reset} onClick={reset}>
            {restore.settings.reset}
          </Button>
        )}
      </header>
      {controls.length === 0 && <p className={styles.none}>{restore.settings.none}</p>}
      {controls.map((control) => (
        <PlainControl key={`${recipe} ${control.name}`} control={control} />
      ))}
    </section>
  );
}

function PlainControl({ control }: { readonly control: Control }) {
  const id = useId();
  const served = useServed();
  const { name, setting, value: own } = control;
  const value = useRestore(({ recipe, values }) => {
    const chosen = values[recipe] ?? NONE;
    return name in chosen ? chosen[name] : own;
  });
  const setValue = useRestore((state) => state.setValue);
  return (
    <Widget
      id={id}
      label={served(name)}
      // What the recipe has is what one comes back to.
      setting={{ ...setting, default: own, help: served(setting.help) }}
      value={value}
      onChange={(next) => setValue(name, next, own)}
    />
  );
}
