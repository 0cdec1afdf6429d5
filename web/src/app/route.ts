import { useSyncExternalStore } from "react";

/** Pages live behind the hash, so that every address is the server's one page and reloads to where it was. */
export const PAGES = ["restore", "graph", "history", "models"] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  /** Such as `workflow` (its name in the library) or `run` on the graph page. */
  readonly query: Readonly<Record<string, string>>;
}

export function routeOf(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const page = PAGES.find((each) => each === path) ?? "restore";
  return { page, query: Object.fromEntries(new URLSearchParams(query)) };
}

export function addressOf(page: Page, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${page}${text ? `?${text}` : ""}`;
}

export const goTo = (page: Page, query: Readonly<Record<string, string>> = {}): void => {
  window.location.hash = addressOf(page, query);
};

const listen = (onChange: () => void) => {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
};

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => window.location.hash));
}
