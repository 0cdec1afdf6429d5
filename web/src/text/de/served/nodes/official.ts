/** What the nodes of "official" say: title, summary, help by paragraphs, and what each setting does. */
export const official: Readonly<Record<string, string>> = {
  "GFPGAN (Official)": "GFPGAN (Original)",
  "Restore faces with GFPGAN's own package.": "Stellt Gesichter mit GFPGANs eigenem Paket wieder her.",
  "This gives what the package itself gives, for comparing with results made elsewhere: every face is replaced fully, and the photo is enlarged along. It works in 8 bits, so a 16-bit scan loses its finer steps. Restore Faces uses the same networks, keeps 16 bits, and lets you set the strength and choose the faces.":
    "Das gibt, was das Paket selbst gibt, zum Vergleich mit anderswo gemachten Ergebnissen: Jedes Gesicht wird ganz ersetzt und das Foto dabei vergrößert. Es arbeitet mit 8 Bit, darum verliert ein Scan mit 16 Bit seine feineren Stufen. „Gesichter wiederherstellen“ verwendet dieselben Netze, behält 16 Bit und lässt Sie die Stärke einstellen und die Gesichter wählen.",
  "The package is installed by `make official`.": "Das Paket wird mit `make official` installiert.",
  "Which network restores the faces: GFPGAN 1.3, 1.4 or RestoreFormer.":
    "Welches Netz die Gesichter wiederherstellt: GFPGAN 1.3, 1.4 oder RestoreFormer.",
  "How many times as wide and high the result is.": "Wie viel Mal so breit und hoch das Ergebnis ist.",
  "What enlarges everything around the faces.": "Was alles um die Gesichter herum vergrößert.",
  "Restore only the face nearest to the middle.": "Stellt nur das Gesicht wieder her, das der Mitte am nächsten ist.",
  "Which RetinaFace finds the faces.": "Welches RetinaFace die Gesichter findet.",
  "Which network outlines each face for pasting it back.": "Welches Netz jedes Gesicht zum Einfügen umreißt.",
  "The network adds a little chance to every face; the same seed gives the same.":
    "Das Netz gibt jedem Gesicht ein wenig Zufall; dieselbe Zahl gibt dasselbe.",

  "Real-ESRGAN (Official)": "Real-ESRGAN (Original)",
  "Enlarge with Real-ESRGAN's own package.": "Vergrößert mit Real-ESRGANs eigenem Paket.",
  "This gives what the package itself gives, for comparing with results made elsewhere. It works in 8 bits, so a 16-bit scan loses its finer steps, and tiles may show seams. Enlarge uses the same networks, is faster, keeps 16 bits and blends its tiles.":
    "Das gibt, was das Paket selbst gibt, zum Vergleich mit anderswo gemachten Ergebnissen. Es arbeitet mit 8 Bit, darum verliert ein Scan mit 16 Bit seine feineren Stufen, und Kacheln zeigen vielleicht Nähte. „Mit einem Netz vergrößern“ verwendet dieselben Netze, ist schneller, behält 16 Bit und lässt seine Kacheln ineinander übergehen.",
  "Which of the Real-ESRGAN networks enlarges the photo.": "Welches der Real-ESRGAN-Netze das Foto vergrößert.",
  "With realesr-general-x4v3: 0 keeps the noise, 1 takes most of it.":
    "Mit realesr-general-x4v3: 0 behält das Rauschen, 1 nimmt das meiste.",
  "The side of the tiles it works in; 0 takes the photo whole.":
    "Die Seite der Kacheln, in denen gearbeitet wird; 0 nimmt das Foto ganz.",
  "How far it looks beyond each tile; too little shows seams.":
    "Wie weit über jede Kachel hinaus geschaut wird; zu wenig zeigt Nähte.",
};
