/** What the nodes of "compare" say: title, summary, help by paragraphs, and what each setting does. */
export const compare: Readonly<Record<string, string>> = {
  Difference: "Unterschied",
  "Show where two photos differ, and by how much.": "Zeigt, wo sich zwei Fotos unterscheiden, und wie sehr.",
  "Black means no difference. Useful to see what a step really touched, and that it left the rest alone. The note gives the PSNR in decibels: above 40 the eye hardly sees a difference.":
    "Schwarz heißt: kein Unterschied. Nützlich, um zu sehen, was ein Schritt wirklich berührt hat, und dass er den Rest in Ruhe ließ. Die Notiz nennt den PSNR in Dezibel: Über 40 sieht das Auge kaum einen Unterschied.",
  "How much the difference is amplified to be seen.": "Wie sehr der Unterschied verstärkt wird, damit man ihn sieht.",
  "As heat from black to white, per colour, or in grey.": "Als Wärme von Schwarz bis Weiß, nach Farben oder in Grau.",

  "Side by Side": "Nebeneinander",
  "Put two photos into one picture to compare them.": "Stellt zwei Fotos zum Vergleichen in ein Bild.",
  "Side by side shows both whole. Split shows one photo, its left half from the first and its right half from the second, with a line between. The second photo takes the first one's size and colour profile.":
    "„Nebeneinander“ zeigt beide ganz. „Geteilt“ zeigt ein Foto, die linke Hälfte vom ersten und die rechte vom zweiten, mit einer Linie dazwischen. Das zweite Foto bekommt Größe und Farbprofil des ersten.",
  "Both whole, or the left half of one and the right half of the other.":
    "Beide ganz, oder die linke Hälfte des einen und die rechte des anderen.",
  "The width of the white line between them.": "Die Breite der weißen Linie dazwischen.",
  "Write what is what into the lower corners.": "Schreibt in die unteren Ecken, was was ist.",
  "The label of the first photo.": "Die Beschriftung des ersten Fotos.",
  "The label of the second photo.": "Die Beschriftung des zweiten Fotos.",
};
