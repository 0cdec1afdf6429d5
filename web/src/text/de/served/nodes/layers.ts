/** What the nodes of "layers" say: title, summary, help by paragraphs, and what each setting does. */
export const layers: Readonly<Record<string, string>> = {
  Blend: "Überblenden",
  "Lay one photo over another, like layers in an image editor.":
    "Legt ein Foto über ein anderes, wie Ebenen in einer Bildbearbeitung.",
  "Useful to mix a step with what came before it, to limit it to the masked part, or to keep the light and dark of the original under new colours. The result has the lower photo's size and colour profile: the upper one is converted to it.":
    "Nützlich, um einen Schritt mit dem zu mischen, was davor war, ihn auf den maskierten Teil zu begrenzen oder Hell und Dunkel des Originals unter neuen Farben zu behalten. Das Ergebnis hat Größe und Farbprofil des unteren Fotos: Das obere wird umgewandelt.",
  "How the upper photo acts on the lower one: normal covers it, multiply darkens, screen lightens, luminosity takes its light and dark, colour its tint.":
    "Wie das obere Foto auf das untere wirkt: normal deckt ab, multiplizieren dunkelt, negativ multiplizieren hellt auf, Leuchtkraft nimmt Hell und Dunkel, Farbe die Tönung.",
  "0 shows only the lower photo, 1 blends fully.": "0 zeigt nur das untere Foto, 1 überblendet ganz.",
};
