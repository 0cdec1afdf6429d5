/** What the nodes of "noise" say: title, summary, help by paragraphs, and what each setting does. */
export const noise: Readonly<Record<string, string>> = {
  "Reduce Noise": "Rauschen mindern",
  "Take out grain and speckles, keep edges.": "Nimmt Korn und Sprenkel heraus und behält die Kanten.",
  "The photo's own noise is measured on its flattest places, in brightness and in colour apart, and only what looks like that noise is taken away. A photo with little noise is left as it is.":
    "Das eigene Rauschen des Fotos wird an seinen glattesten Stellen gemessen, in Helligkeit und Farbe getrennt, und nur was so aussieht, wird weggenommen. Ein Foto mit wenig Rauschen bleibt, wie es ist.",
  "Some grain belongs to an old photo: a strength below 1 leaves a little, which looks more natural, above all on faces. Fine fabric, hair and foliage suffer first: raise Detail, or brush a mask of where to act.":
    "Etwas Korn gehört zu einem alten Foto: Eine Stärke unter 1 lässt ein wenig übrig; das sieht natürlicher aus, vor allem in Gesichtern. Feiner Stoff, Haar und Laub leiden zuerst: Erhöhen Sie „Feinheiten“, oder malen Sie eine Maske, wo gearbeitet werden soll.",
  "The networks need a download. `scunet-psnr` copes with most kinds of noise and with JPEG marks, `scunet-gan` is crisper and invents texture; `ffdnet-color` and `dncnn-color-blind` are small, quick, and made for fine even noise, so that coarse grain of film stays in part; `nafnet-sidd-w64` is for phone cameras. Detail counts for those two small ones alone.":
    "Die Netze brauchen einen Download. `scunet-psnr` kommt mit den meisten Arten von Rauschen und mit JPEG-Spuren zurecht, `scunet-gan` ist klarer und erfindet Struktur; `ffdnet-color` und `dncnn-color-blind` sind klein, schnell und für feines, gleichmäßiges Rauschen gemacht, sodass grobes Filmkorn zum Teil bleibt; `nafnet-sidd-w64` ist für Handykameras. „Feinheiten“ gilt nur für diese beiden kleinen.",
  "Measured takes out what looks like this photo's own noise; the others are networks.":
    "Gemessen nimmt heraus, was wie das eigene Rauschen dieses Fotos aussieht; die anderen sind Netze.",
  "How much of the noise goes: 0 none, 1 all of it.": "Wie viel vom Rauschen verschwindet: 0 nichts, 1 alles.",
  "How much of it in brightness: grain.": "Wie viel davon in der Helligkeit: das Korn.",
  "How much of it in colour: coloured speckles.": "Wie viel davon in der Farbe: bunte Sprenkel.",
  "Higher keeps finer detail, and some noise with it; most networks ignore it.":
    "Höher behält feinere Einzelheiten und damit etwas Rauschen; die meisten Netze beachten es nicht.",
  "The noise in steps of 255; 0 measures it in the photo.": "Das Rauschen in Stufen von 255; 0 misst es im Foto.",

  "Add Grain": "Korn hinzufügen",
  "Add film grain, everywhere or where a mask says.": "Fügt Filmkorn hinzu, überall oder wo eine Maske es sagt.",
  "Grain hides what retouching leaves behind: smooth patches in a grainy photo catch the eye. It is strongest in the midtones and fades towards black and white, as on film.":
    "Korn verbirgt, was die Retusche hinterlässt: Glatte Stellen in einem körnigen Foto fallen auf. Es ist in den Mitteltönen am stärksten und nimmt zu Schwarz und Weiß hin ab, wie auf Film.",
  "Wire the untouched photo to Reference, and strength and size are measured there instead of set; wire the repair mask to Mask, and only the repaired places get it. The same seed always draws the same grains.":
    "Schließen Sie das unberührte Foto an „Vorlage“ an, dann werden Stärke und Größe dort gemessen statt eingestellt; schließen Sie die Maske der Ausbesserungen an „Maske“ an, dann bekommen es nur die ausgebesserten Stellen. Dieselbe Startzahl zeichnet immer dieselben Körner.",
  "How strong the grain is in the midtones.": "Wie stark das Korn in den Mitteltönen ist.",
  "How large the grains are.": "Wie groß die Körner sind.",
  "0 is grain of black-and-white film, 1 of colour film.": "0 ist Korn von Schwarz-Weiß-Film, 1 von Farbfilm.",
  "Another seed draws other grains.": "Eine andere Zahl zeichnet andere Körner.",

  "Remove JPEG Marks": "JPEG-Spuren entfernen",
  "Take out the blocks and rings of JPEG files.": "Nimmt die Blöcke und Ringe von JPEG-Dateien heraus.",
  "Strong compression leaves squares of 8 pixels in skies and faces, and ripples along edges. How strongly a photo was compressed is found out, and that much is taken away. Use it first, before anything else changes the photo: blocks that were resized or turned by a few degrees are no longer recognised as such.":
    "Starke Kompression hinterlässt in Himmel und Gesichtern Quadrate von 8 Bildpunkten und an Kanten Wellen. Wie stark ein Foto komprimiert war, wird herausgefunden, und so viel wird weggenommen. Verwenden Sie es zuerst, bevor etwas anderes das Foto ändert: Blöcke, deren Größe geändert wurde oder die um ein paar Grad gedreht sind, werden nicht mehr als solche erkannt.",
  "`deblock` undoes only what the file's rounding can have done, so it is safe, and it leaves a photo without traces of JPEG as it is. `fbcnn-color` takes out more, ripples above all; `fbcnn-gray-double` is for black-and-white photos that were saved more than once. If too much goes, set a higher quality than the one found.":
    "`deblock` macht nur rückgängig, was das Runden der Datei getan haben kann; darum ist es unbedenklich und lässt ein Foto ohne JPEG-Spuren, wie es ist. `fbcnn-color` nimmt mehr heraus, vor allem Wellen; `fbcnn-gray-double` ist für Schwarz-Weiß-Fotos, die mehr als einmal gespeichert wurden. Geht zu viel weg, stellen Sie eine höhere Qualität ein als die gefundene.",
  "Deblock needs no download; the networks take out more.":
    "Deblock braucht keinen Download; die Netze nehmen mehr heraus.",
  "How much of the marks goes: 0 none, 1 all.": "Wie viel von den Spuren verschwindet: 0 nichts, 1 alles.",
  "The quality the file was saved with; 0 finds it out.":
    "Die Qualität, mit der die Datei gespeichert wurde; 0 findet es heraus.",
};
