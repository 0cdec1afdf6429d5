/** What the nodes of "files" say: title, summary, help by paragraphs, and what each setting does. */
export const files: Readonly<Record<string, string>> = {
  "Load Photo": "Foto laden",
  "Open a photo from disk.": "Öffnet ein Foto von der Festplatte.",
  "Reads PNG, JPEG, TIFF, WebP, BMP, HEIC and JPEG 2000, with 8 or 16 bits, in colour or grey. The photo is turned upright, and everything its file says about it (colour profile, camera data, captions, resolution) stays with it until it is saved. Pictures made for printing in four inks become ordinary colour pictures.":
    "Liest PNG, JPEG, TIFF, WebP, BMP, HEIC und JPEG 2000, mit 8 oder 16 Bit, in Farbe oder Grau. Das Foto wird aufrecht gedreht, und alles, was seine Datei darüber sagt (Farbprofil, Kameradaten, Bildtexte, Auflösung), bleibt bei ihm, bis es gespeichert wird. Bilder, die für den Druck mit vier Farben gemacht sind, werden gewöhnliche Farbbilder.",
  "`alpha` is the transparency of the photo: 1 where it can be seen, 0 where it cannot. Most photos have none and are 1 everywhere. A file that is damaged or cut off is refused rather than opened in part.":
    "`alpha` ist die Transparenz des Fotos: 1, wo es zu sehen ist, 0, wo nicht. Die meisten Fotos haben keine und sind überall 1. Eine Datei, die beschädigt oder abgeschnitten ist, wird abgelehnt und nicht nur zum Teil geöffnet.",
  "The picture file to start from.": "Die Bilddatei, mit der begonnen wird.",
  "Which page of a TIFF with several; 1 is the first.": "Welche Seite einer TIFF-Datei mit mehreren; 1 ist die erste.",

  "Save Photo": "Foto speichern",
  "Write the photo to the results folder.": "Schreibt das Foto in den Ordner der Ergebnisse.",
  "The file keeps the colour profile, the resolution and the bit depth of the photo it came from; a grey photo that is still grey stays grey. PNG, JPEG and TIFF files also carry the workflow that made them.":
    "Die Datei behält Farbprofil, Auflösung und Farbtiefe des Fotos, aus dem sie entstand; ein graues Foto, das noch grau ist, bleibt grau. PNG-, JPEG- und TIFF-Dateien enthalten auch den Ablauf, der sie gemacht hat.",
  "A result of the same name is replaced, but never the photo that was loaded. Connect the transparency that loading gave if the photo has one; JPEG and BMP cannot hold it.":
    "Ein Ergebnis gleichen Namens wird ersetzt, nie aber das geladene Foto. Hat das Foto eine Transparenz, schließen Sie die an, die beim Laden herauskam; JPEG und BMP können keine enthalten.",
  "The file's name without its ending; {photo} stands for the name of the photo.":
    "Der Name der Datei ohne Endung; {photo} steht für den Namen des Fotos.",
  "PNG and TIFF lose nothing; JPEG and WebP are smaller.": "PNG und TIFF verlieren nichts; JPEG und WebP sind kleiner.",
  "For JPEG and WebP: higher looks better and takes more space.":
    "Für JPEG und WebP: Höher sieht besser aus und braucht mehr Platz.",
  "Bits per colour; 16 keeps finer shades and needs PNG or TIFF.":
    "Bits je Farbe; 16 behält feinere Abstufungen und braucht PNG oder TIFF.",
  "Keep camera data, captions and keywords of the photo.": "Behält Kameradaten, Bildtexte und Stichwörter des Fotos.",

  "Save Steps": "Schritte speichern",
  "Write how the photo was restored: a contact sheet, a moving before and after, and a file with layers.":
    "Schreibt, wie das Foto restauriert wurde: einen Kontaktbogen, ein bewegtes Vorher und Nachher und eine Datei mit Ebenen.",
  "Wire the photo as it was into before, and the finished one into after. If you like, also wire the photo after the repairs, after the work on tone, and after the work on colour, and the mask that the repairs were made with.":
    "Schließen Sie das Foto, wie es war, an „Vorher“ an und das fertige an „Nachher“. Wenn Sie mögen, schließen Sie auch das Foto nach den Ausbesserungen, nach der Arbeit an den Tönen und nach der Arbeit an den Farben an, und die Maske, mit der ausgebessert wurde.",
  "The contact sheet shows the steps side by side. The moving picture wipes from before to after; you can send it to anyone. The TIFF holds each step as a layer with a mask, the photo as it was at the bottom. Open it in Photoshop, Affinity Photo, Krita or GIMP 3: where you paint black into the mask of the topmost layer, the step before it shows. Other programs show the finished photo.":
    "Der Kontaktbogen zeigt die Schritte nebeneinander. Das bewegte Bild wischt von vorher zu nachher; Sie können es jedem schicken. Die TIFF-Datei enthält jeden Schritt als Ebene mit einer Maske, zuunterst das Foto, wie es war. Öffnen Sie sie in Photoshop, Affinity Photo, Krita oder GIMP 3: Wo Sie in der Maske der obersten Ebene schwarz malen, erscheint der Schritt davor. Andere Programme zeigen das fertige Foto.",
  "All layers have the size of the finished photo: a step of another size is enlarged or shrunk to it. One of another shape, from before the photo was cropped or turned, cannot be laid over it and is left out. Files of the same name are replaced, but never the photo that was loaded.":
    "Alle Ebenen haben die Größe des fertigen Fotos: Ein Schritt in anderer Größe wird auf sie gebracht. Einer in anderer Form, aus der Zeit vor dem Zuschneiden oder Drehen, lässt sich nicht darüberlegen und wird ausgelassen. Dateien gleichen Namens werden ersetzt, nie aber das geladene Foto.",
  "The files' name without its ending; {photo} stands for the name of the photo.":
    "Der Name der Dateien ohne Endung; {photo} steht für den Namen des Fotos.",
  "Write all steps side by side on one picture.": "Schreibt alle Schritte nebeneinander auf ein Bild.",
  "Write a moving picture that wipes from before to after. WebP looks better.":
    "Schreibt ein bewegtes Bild, das von vorher zu nachher wischt. WebP sieht besser aus.",
  "Write a TIFF that holds each step as a layer.": "Schreibt eine TIFF-Datei, die jeden Schritt als Ebene enthält.",
};
