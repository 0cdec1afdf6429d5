import { Languages, SunMoon } from "lucide-react";

import { LANGUAGES, useLanguage, useText, type Language } from "../text/language";
import { APPEARANCES, useAppearance, type Appearance } from "./appearance";
import styles from "./Header.module.css";
import { addressOf, PAGES, type Page } from "./route";

export function Header({ page }: { readonly page: Page }) {
  const { app } = useText();
  return (
    <header className={styles.header}>
      <a href="#content" className={styles.skip} onClick={focusContent}>
        {app.skip}
      </a>
      <a href={addressOf("restore")} className={styles.brand}>
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span>{app.title}</span>
      </a>
      <nav aria-label={app.pages} className={styles.pages}>
        {PAGES.map((each) => (
          <a key={each} href={addressOf(each)} aria-current={each === page ? "page" : undefined}>
            {app[each]}
          </a>
        ))}
      </nav>
      <Choices />
    </header>
  );
}

function Choices() {
  const { app } = useText();
  const language = useLanguage();
  const appearance = useAppearance();
  return (
    <div className={styles.choices}>
      <label className={styles.choice} title={app.language}>
        <Languages size={18} aria-hidden />
        <span className="visually-hidden">{app.language}</span>
        <select value={language.language} onChange={(event) => language.choose(event.target.value as Language)}>
          {Object.entries(LANGUAGES).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.choice} title={app.theme}>
        <SunMoon size={18} aria-hidden />
        <span className="visually-hidden">{app.theme}</span>
        <select value={appearance.appearance} onChange={(event) => appearance.choose(event.target.value as Appearance)}>
          {APPEARANCES.map((id) => (
            <option key={id} value={id}>
              {app.themes[id]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** A hash is a page's address here, so that the skip link moves the focus itself. */
function focusContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
