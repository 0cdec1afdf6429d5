/** What the nodes of "upscale" say: title, summary, help by paragraphs, and what each setting does. */
export const upscale: Readonly<Record<string, string>> = {
  "Enlarge with a Network": "Mit einem Netz vergrößern",
  "Make the photo larger, with sharp edges and drawn detail.":
    "Macht das Foto größer, mit scharfen Kanten und gezeichneten Feinheiten.",
  "A network that has seen many photographs draws what a blurred or small one may have looked like, and takes out noise and the marks of compression on the way. It helps most with small, soft scans and pictures from the web.":
    "Ein Netz, das viele Fotos gesehen hat, zeichnet, wie ein unscharfes oder kleines Foto ausgesehen haben kann, und nimmt dabei Rauschen und Kompressionsspuren heraus. Am meisten hilft es bei kleinen, weichen Scans und Bildern aus dem Netz.",
  "It invents: skin turns smooth, fine patterns and small faces may come out wrong. Compare with the photo, and use Resize where it must stay as it is. realesr-general-x4v3 is quick everywhere; realesrgan-x4plus draws more, and takes minutes per megapixel without a graphics card.":
    "Es erfindet: Haut wird glatt, feine Muster und kleine Gesichter geraten vielleicht falsch. Vergleichen Sie mit dem Foto, und nehmen Sie „Größe ändern“, wo es bleiben muss, wie es ist. realesr-general-x4v3 ist überall schnell; realesrgan-x4plus zeichnet mehr und braucht ohne Grafikkarte Minuten je Megapixel.",
  "The network that draws the larger photo; lanczos needs no download and draws nothing.":
    "Das Netz, das das größere Foto zeichnet; lanczos braucht keinen Download und zeichnet nichts dazu.",
  "How many times as wide and high; 1 only cleans the photo at its own size.":
    "Wie viel Mal so breit und hoch; 1 säubert das Foto nur in seiner eigenen Größe.",
  "Lower keeps more grain; only realesr-general-x4v3 has this choice.":
    "Niedriger behält mehr Korn; nur realesr-general-x4v3 bietet das.",

  "Keep True to the Photo": "Dem Foto treu bleiben",
  "Take back what enlarging has changed beyond adding detail.":
    "Nimmt zurück, was das Vergrößern geändert hat, außer den neuen Feinheiten.",
  "Networks shift colours and brightness a little, and smooth away what they take for noise. The enlarged photo is shrunk again and compared with the one it was made from; what differs is put right. New fine detail stays. Wire the enlarged photo to image and the one before to photo.":
    "Netze verschieben Farben und Helligkeit ein wenig und glätten weg, was sie für Rauschen halten. Das vergrößerte Foto wird wieder verkleinert und mit dem verglichen, aus dem es entstand; was abweicht, wird berichtigt. Neue Feinheiten bleiben. Schließen Sie das vergrößerte Foto an „Bild“ an und das davor an „Foto“.",
  "How much of what departs is taken back.": "Wie viel von der Abweichung zurückgenommen wird.",

  Resize: "Größe ändern",
  "Make the photo larger or smaller, without inventing detail.":
    "Macht das Foto größer oder kleiner, ohne Feinheiten zu erfinden.",
  "Enlarging this way keeps the photo as it is, only with more pixels: for print or for a closer look. Shrinking removes what the smaller photo cannot show instead of letting fine patterns turn into coarse ones.":
    "So vergrößert bleibt das Foto, wie es ist, nur mit mehr Bildpunkten: zum Drucken oder für einen näheren Blick. Beim Verkleinern fällt weg, was das kleinere Foto nicht zeigen kann, statt dass aus feinen Mustern grobe werden.",
  "What the new size is given by. The proportions are kept.":
    "Wodurch die neue Größe gegeben ist. Die Seitenverhältnisse bleiben.",
  "How many times as wide and high, when given by factor.": "Wie viel Mal so breit und hoch, wenn nach Faktor.",
  "The new length of that side, when given by a side.": "Die neue Länge dieser Seite, wenn nach einer Seite.",
  "Lanczos is the sharpest, bicubic a little softer, area averages plainly, nearest keeps hard pixels.":
    "Lanczos ist am schärfsten, bicubic etwas weicher, Fläche mittelt schlicht, nächster behält harte Bildpunkte.",
};
