/** What the nodes of "damage" say: title, summary, help by paragraphs, and what each setting does. */
export const damage: Readonly<Record<string, string>> = {
  "Make Look Old": "Alt aussehen lassen",
  "Make a sound photo look old, and mark what was damaged.":
    "Lässt ein heiles Foto alt aussehen und markiert, was beschädigt wurde.",
  "Scratches, folds, dust, hairs, stains and torn corners are as many and as large as on real scans, in proportion to the photo; fading, yellowing, grain and a soft lens come on top. Set to 0 what you do not want.":
    "Kratzer, Knicke, Staub, Haare, Flecken und abgerissene Ecken sind so viele und so groß wie auf echten Scans, im Verhältnis zum Foto; Verblassen, Vergilben, Korn und ein weiches Objektiv kommen dazu. Setzen Sie auf 0, was Sie nicht möchten.",
  "The mask shows exactly where damage can be seen. With it you can try how well a repair works: damage a sound photo, repair it, and compare it with what it was.":
    "Die Maske zeigt genau, wo Schäden zu sehen sind. Damit können Sie ausprobieren, wie gut eine Ausbesserung gelingt: Beschädigen Sie ein heiles Foto, bessern Sie es aus, und vergleichen Sie es mit dem, was es war.",
  "How many scratches there are.": "Wie viele Kratzer es gibt.",
  "How many folds and cracks there are.": "Wie viele Knicke und Risse es gibt.",
  "How much dust and dirt lies on it.": "Wie viel Staub und Schmutz darauf liegt.",
  "How many hairs and fibres lie on it.": "Wie viele Haare und Fasern darauf liegen.",
  "How many stains, brown spots, strips of tape and fingerprints there are.":
    "Wie viele Flecken, Stockflecken, Klebestreifen und Fingerabdrücke es gibt.",
  "How torn its corners and how worn its rims are.": "Wie eingerissen die Ecken und wie abgenutzt die Ränder sind.",
  "How far black and colours have faded.": "Wie weit Schwarz und Farben verblasst sind.",
  "How yellow the paper has become.": "Wie gelb das Papier geworden ist.",
  "How strong the grain of the film is.": "Wie stark das Korn des Films ist.",
  "How soft the lens drew.": "Wie weich das Objektiv gezeichnet hat.",
  "Another seed damages it in other places.": "Eine andere Zahl beschädigt es an anderen Stellen.",
};
