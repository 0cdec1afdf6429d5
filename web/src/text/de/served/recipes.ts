/** The shipped workflows: their titles, what they do, and their plain controls. */
export const recipes: Readonly<Record<string, string>> = {
  "Restore an old photo": "Ein altes Foto restaurieren",
  "Repairs scratches and dust, brings faded colours back, and calms noise. It comes with all it needs.":
    "Bessert Kratzer und Staub aus, holt verblasste Farben zurück und mindert das Rauschen. Bringt alles mit, was es braucht.",
  "Repair a portrait, enlarge it, and rebuild its faces":
    "Ein Porträt ausbessern, vergrößern und seine Gesichter wiederherstellen",
  "Repairs and enlarges a portrait, and rebuilds blurred faces. Compare them with the photo: a rebuilt face is partly invented.":
    "Bessert ein Porträt aus, vergrößert es und stellt unscharfe Gesichter wieder her. Vergleichen Sie mit dem Foto: Ein wiederhergestelltes Gesicht ist zum Teil erfunden.",
  "Repair a black-and-white photo and colour it": "Ein Schwarz-Weiß-Foto ausbessern und kolorieren",
  "Repairs a black-and-white photo and gives it natural colours. The colours are guesses: nobody can know that of a dress.":
    "Bessert ein Schwarz-Weiß-Foto aus und gibt ihm natürliche Farben. Die Farben sind geraten: Die eines Kleides kann niemand wissen.",
  "Enlarge a photo": "Ein Foto vergrößern",
  "Makes a small or soft photo larger, with sharp edges. Fine detail is drawn anew, so compare it with the photo.":
    "Macht ein kleines oder weiches Foto größer, mit scharfen Kanten. Feinheiten werden neu gezeichnet: Vergleichen Sie mit dem Foto.",
  "Cut the subject out of its background": "Das Motiv vom Hintergrund lösen",
  "Finds the person or thing the photo is about and puts it on white. A copy with a transparent background is saved too.":
    "Findet die Person oder Sache, um die es geht, und stellt sie vor Weiß. Eine Kopie mit durchsichtigem Hintergrund wird auch gespeichert.",
  "Repair scratches": "Kratzer ausbessern",
  "Caution with scratches": "Vorsicht bei Kratzern",
  "Restore faded colours": "Verblasste Farben zurückholen",
  "Restore faded tones": "Verblasste Töne zurückholen",
  "Remove colour cast": "Farbstich entfernen",
  "Remove noise": "Rauschen mindern",
  "Add colour": "Kolorieren",
  "Colour strength": "Stärke der Farben",
  "Times as large": "Wie viel Mal so groß",
  "Smooth grain": "Korn glätten",
  "Rebuild faces": "Gesichter wiederherstellen",
  "Face strength": "Stärke bei Gesichtern",
  "Fade background": "Hintergrund ausblenden",
  "Follow fine edges": "Feinen Kanten folgen",
  "Work out hair": "Haare herausarbeiten",
};
