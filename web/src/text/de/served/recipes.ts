/** The shipped workflows: their titles, what they do, and their plain controls. */
export const recipes: Readonly<Record<string, string>> = {
  "Restore an old photo": "Ein altes Foto restaurieren",
  "Repairs scratches and dust, brings faded colours back, and calms noise. It comes with all it needs.":
    "Bessert Kratzer und Staub aus, holt verblasste Farben zurück und mindert das Rauschen. Bringt alles mit, was es braucht.",
  "Repair scratches": "Kratzer ausbessern",
  "Caution with scratches": "Vorsicht bei Kratzern",
  "Restore faded colours": "Verblasste Farben zurückholen",
  "Remove colour cast": "Farbstich entfernen",
  "Remove noise": "Rauschen mindern",

  "Restore an old photo with everything": "Ein altes Foto rundum restaurieren",
  "Repairs, brings faded tones back, calms noise, colours a black-and-white photo, rebuilds faces and enlarges. Colours and faces are partly invented: compare them with the photo.":
    "Bessert aus, holt verblasste Töne zurück, mindert Rauschen, koloriert ein Schwarz-Weiß-Foto, stellt Gesichter wieder her und vergrößert. Farben und Gesichter sind zum Teil erfunden: Vergleichen Sie mit dem Foto.",
  "Restore faded tones": "Verblasste Töne zurückholen",
  "Add colour": "Kolorieren",
  "Rebuild faces": "Gesichter wiederherstellen",
  "Times as large": "Wie viel Mal so groß",

  "Repair a black-and-white photo and colour it": "Ein Schwarz-Weiß-Foto ausbessern und kolorieren",
  "Repairs a black-and-white photo and gives it natural colours. The colours are guesses: nobody can know that of a dress.":
    "Bessert ein Schwarz-Weiß-Foto aus und gibt ihm natürliche Farben. Die Farben sind geraten: Die eines Kleides kann niemand wissen.",
  "Colour strength": "Stärke der Farben",
  Vividness: "Farbkraft",
  "Even out colours": "Farben ausgleichen",

  "Repair a portrait, enlarge it, and rebuild its faces":
    "Ein Porträt ausbessern, vergrößern und seine Gesichter wiederherstellen",
  "Repairs and enlarges a portrait, and rebuilds blurred faces. Compare them with the photo: a rebuilt face is partly invented.":
    "Bessert ein Porträt aus, vergrößert es und stellt unscharfe Gesichter wieder her. Vergleichen Sie mit dem Foto: Ein wiederhergestelltes Gesicht ist zum Teil erfunden.",
  "Face strength": "Stärke bei Gesichtern",
  "Keep the likeness": "Ähnlich bleiben",

  "Enlarge a photo": "Ein Foto vergrößern",
  "Makes a small or soft photo larger, with sharp edges. Fine detail is drawn anew, so compare it with the photo.":
    "Macht ein kleines oder weiches Foto größer, mit scharfen Kanten. Feinheiten werden neu gezeichnet: Vergleichen Sie mit dem Foto.",
  "Smooth grain": "Korn glätten",
  "Stay true to the photo": "Dem Foto treu bleiben",

  "Bring faded colours back": "Verblasste Farben zurückholen",
  "Gives a faded, yellowed or pale print its depth and colours back. A sound photo stays as it is.":
    "Gibt einem verblassten, vergilbten oder blassen Abzug Tiefe und Farben zurück. Ein heiles Foto bleibt, wie es ist.",
  Sepia: "Sepia",
  "Even out light": "Licht ausgleichen",
  "Bring out detail": "Kontrast auffrischen",

  "Put a portrait before a new background": "Ein Porträt vor einen neuen Hintergrund stellen",
  "Finds the person, works out hair and edges, and paints a studio backdrop in the tones of the old photo. Look at the edge: what is missing can be painted in.":
    "Findet die Person, arbeitet Haare und Kanten heraus und malt einen Hintergrund wie im Atelier, in den Tönen des alten Fotos. Sehen Sie den Rand an: Was fehlt, lässt sich nachmalen.",
  "Second colour": "Zweite Farbe",
  Shadow: "Schatten",
  "Work out hair": "Haare herausarbeiten",
  "Match tones and grain": "Töne und Korn angleichen",

  "Put a portrait before a background described in words":
    "Ein Porträt vor einen Hintergrund stellen, den Sie beschreiben",
  "Finds the person, draws a background as you describe it, and gives it the tones of the old photo. All of it is invented: keep the original.":
    "Findet die Person, zeichnet einen Hintergrund, wie Sie ihn beschreiben, und gibt ihm die Töne des alten Fotos. Alles an ihm ist erfunden: Heben Sie das Original auf.",
  "Not to be seen": "Nicht zu sehen",
  "Another attempt": "Anderer Versuch",

  "Fill torn corners and wide gaps": "Abgerissene Ecken und breite Lücken füllen",
  "Fills scratches from what lies around them, and draws what is missing in wide gaps and torn corners. What is drawn is invented: compare it with the photo.":
    "Füllt Kratzer aus ihrer Umgebung und zeichnet in breite Lücken und abgerissene Ecken, was dort fehlt. Das Gezeichnete ist erfunden: Vergleichen Sie es mit dem Foto.",
  "What the photo shows": "Was das Foto zeigt",
  "Draw what is missing": "Fehlendes zeichnen",
  "Freedom to invent": "Freiheit beim Erfinden",
  "Find torn corners": "Abgerissene Ecken finden",

  "Repair scratches and nothing else": "Kratzer ausbessern und sonst nichts",
  "Fills scratches, cracks and dust from what lies around them. Everything else stays as it is, to the last pixel.":
    "Füllt Kratzer, Risse und Staub aus ihrer Umgebung. Alles andere bleibt bis zum letzten Bildpunkt, wie es ist.",
  "Follow faint ends": "Schwachen Enden folgen",
  "Widen what is filled": "Breiter füllen",
  "Way of filling": "Verfahren zum Füllen",

  "Cut the subject out of its background": "Das Motiv vom Hintergrund lösen",
  "Finds the person or thing the photo is about and puts it on white. A copy with a transparent background is saved too.":
    "Findet die Person oder Sache, um die es geht, und stellt sie vor Weiß. Eine Kopie mit durchsichtigem Hintergrund wird auch gespeichert.",

  "Turn a negative into a photo": "Aus einem Negativ ein Foto machen",
  "Turns a scanned negative, black-and-white or colour, into a positive, and fills dust and scratches.":
    "Macht aus einem gescannten Negativ, schwarz-weiß oder farbig, ein Positiv und füllt Staub und Kratzer.",
  "Kind of film": "Art des Films",

  "Prepare scans for an archive": "Scans für ein Archiv vorbereiten",
  "Cuts prints out of the scan, fills only what is surely damage, corrects fading gently, and invents nothing. A TIFF of 16 bits is saved beside the result.":
    "Schneidet Abzüge aus dem Scan, füllt nur, was sicher Schaden ist, korrigiert Verblasstes sanft und erfindet nichts. Neben dem Ergebnis wird ein TIFF mit 16 Bit gespeichert.",
  "Crop to the print": "Abzug ausschneiden",
  "Which print": "Welcher Abzug",

  "Compare ways of filling scratches": "Wege zum Füllen von Kratzern vergleichen",
  "Fills the same scratches in two ways and shows both results side by side, to choose what suits the photo.":
    "Füllt dieselben Kratzer auf zwei Weisen und zeigt beide Ergebnisse nebeneinander, um zu wählen, was zum Foto passt.",
  "First way": "Erstes Verfahren",
  "Second way": "Zweites Verfahren",
  Show: "Ansicht",
};
