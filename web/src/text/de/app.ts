import type { Text } from "../en";

export const app: Text["app"] = {
  title: "Heirloom",
  skip: "Zum Inhalt springen",
  pages: "Seiten",
  restore: "Restaurieren",
  graph: "Graph",
  history: "Verlauf",
  models: "Modelle",
  language: "Sprache",
  theme: "Darstellung",
  themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
  lost: "Der Server antwortet nicht. Neuer Versuch…",
  back: "Der Server ist wieder da.",
  loading: "Wird geladen…",
  retry: "Noch einmal versuchen",
  broken: "Dieser Teil der Seite funktioniert nicht mehr.",
  brokenRemedy: "Ihre Arbeit ist gesichert. Laden Sie die Seite neu.",
  reload: "Neu laden",
};
