/** The server's own words in German: titles and summaries of nodes, names of settings and controls, recipes. */
export const served: Readonly<Record<string, string>> = {
  "Restore an old photo": "Ein altes Foto restaurieren",
};
