import { useEffect, useId, useRef } from "react";

import { useRuns } from "../runs/store";
import type { WorkflowJson } from "../server/api";
import { useServed, useText } from "../text/language";
import { classes } from "../ui/classes";
import { Problems } from "../ui/Problems";
import { RecipePicture } from "./RecipePicture";
import styles from "./RecipeChoice.module.css";
import { useRecipes } from "./recipes";
import { useRestore } from "./store";

interface RecipeChoiceProps {
  /** Large cards on an empty page, small ones beside a photo. */
  readonly look: "large" | "small";
}

/** What shall be done with the photos: one of the workflows, each with its picture. */
export function RecipeChoice({ look }: RecipeChoiceProps) {
  const { restore } = useText();
  const { recipes, problems, load } = useRecipes();
  const isLost = useRuns((state) => state.connected === false);
  const heading = useId();
  const cards = useRef<HTMLFieldSetElement>(null);
  const chosen = useRestore((state) => state.recipe);
  useEffect(() => void load(), [load]);
  useEffect(() => showChosen(cards.current), [chosen, recipes]);
  return (
    <section className={classes(styles.choice, styles[look])} aria-labelledby={heading}>
      <h2 id={heading} className={styles.title}>
        {restore.recipes.title}
      </h2>
      {/* While the server is away, the page says so once. */}
      {!isLost && <Problems problems={problems} />}
      <fieldset ref={cards} className={styles.cards} aria-labelledby={heading}>
        {recipes?.map((recipe) => <RecipeCard key={recipe.name} recipe={recipe} />) ?? <Waiting />}
      </fieldset>
    </section>
  );
}

/** Scrolls the cards, not the page around them. */
function showChosen(cards: HTMLFieldSetElement | null) {
  const card = cards?.querySelector("input:checked")?.closest("label");
  if (!cards || !card) return;
  const from = cards.getBoundingClientRect();
  const at = card.getBoundingClientRect();
  cards.scrollBy({
    left: Math.min(0, at.left - from.left) + Math.max(0, at.right - from.right),
    top: Math.min(0, at.top - from.top) + Math.max(0, at.bottom - from.bottom),
  });
}

function RecipeCard({ recipe }: { readonly recipe: WorkflowJson }) {
  const { restore } = useText();
  const served = useServed();
  const chosen = useRestore((state) => state.recipe === recipe.name);
  const choose = useRestore((state) => state.choose);
  const id = useId();
  const isBroken = recipe.problems.length > 0;
  const about = isBroken ? restore.recipes.broken : served(recipe.about);
  return (
    <label className={styles.card}>
      <input
        type="radio"
        name="recipe"
        className={styles.radio}
        checked={chosen}
        disabled={isBroken}
        aria-label={served(recipe.title)}
        aria-describedby={about ? `${id}-about` : undefined}
        onChange={() => choose(recipe.name)}
      />
      <RecipePicture recipe={recipe} className={styles.picture} />
      <span className={styles.words}>
        <span className={styles.name}>{served(recipe.title)}</span>
        {recipe.owner === "own" && <span className={styles.own}>{restore.recipes.own}</span>}
        {about && (
          <span id={`${id}-about`} className={styles.about}>
            {about}
          </span>
        )}
      </span>
    </label>
  );
}

/** Holds the room until the cards are there. */
function Waiting() {
  const { restore } = useText();
  return (
    <>
      <span className="visually-hidden">{restore.recipes.loading}</span>
      {[0, 1, 2, 3, 4].map((each) => (
        <span key={each} className={classes(styles.card, styles.waiting)} aria-hidden>
          <span className={styles.picture} />
          <span className={styles.words} />
        </span>
      ))}
    </>
  );
}
