import { lazy, Suspense, useEffect, type ComponentType } from "react";
import { Toaster } from "sonner";

import { useRuns } from "../runs/store";
import { useCatalogue } from "../server/catalogue";
import { useLanguage } from "../text/language";
import { showAppearance, useAppearance } from "./appearance";
import { Broken } from "./Broken";
import { Header } from "./Header";
import styles from "./App.module.css";
import { Loading } from "./Loading";
import { LostBanner } from "./LostBanner";
import { useRoute, type Page } from "./route";

/** Whoever only restores a photo never loads the graph. */
const PAGES: Readonly<Record<Page, ComponentType>> = {
  restore: lazy(() => import("../restore/RestorePage").then(({ RestorePage }) => ({ default: RestorePage }))),
  graph: lazy(() => import("../graph/GraphPage").then(({ GraphPage }) => ({ default: GraphPage }))),
  history: lazy(() => import("../panels/HistoryPage").then(({ HistoryPage }) => ({ default: HistoryPage }))),
  models: lazy(() => import("../panels/ModelsPage").then(({ ModelsPage }) => ({ default: ModelsPage }))),
};

export function App() {
  const { page } = useRoute();
  const appearance = useAppearance((state) => state.appearance);
  const language = useLanguage((state) => state.language);
  useEffect(() => {
    useRuns.getState().connect();
    void useCatalogue.getState().load();
  }, []);
  useEffect(() => showAppearance(appearance), [appearance]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const Current = PAGES[page];
  return (
    <div className={styles.app}>
      <Header page={page} />
      <LostBanner />
      <main id="content" tabIndex={-1} className={styles.main}>
        <Broken key={page}>
          <Suspense fallback={<Loading />}>
            <Current />
          </Suspense>
        </Broken>
      </main>
      <Toaster theme={appearance} position="bottom-right" closeButton />
    </div>
  );
}
