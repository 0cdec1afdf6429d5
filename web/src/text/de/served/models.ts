/** What models are good for. Their titles are names and stay. */
export const models: Readonly<Record<string, string>> = {
  "Small and quick, with an adjustable denoise strength; the best start for photographs on a machine without a graphics card.":
    "Klein und schnell, mit einstellbarer Entrauschung; der beste Anfang für Fotos auf einem Rechner ohne Grafikkarte.",
  "The same network trained to keep more of the grain; the denoise strength blends between the two.":
    "Dasselbe Netz, so trainiert, dass mehr vom Korn bleibt; die Entrauschung mischt zwischen den beiden.",
  "The large network for photographs: crisper, slower, and it invents more.":
    "Das große Netz für Fotos: klarer, langsamer, und es erfindet mehr.",
  "The large network for doubling the size: gentler than x4plus.":
    "Das große Netz zum Verdoppeln der Größe: sanfter als x4plus.",
  "Trained without the part that invents detail: softer and more faithful.":
    "Ohne den Teil trainiert, der Feinheiten erfindet: weicher und treuer.",
  "For drawings, prints and posters; not for faces.": "Für Zeichnungen, Drucke und Plakate; nicht für Gesichter.",
  "A transformer: good at straight lines and fabric, very slow without a graphics card.":
    "Ein Transformer: gut bei geraden Linien und Stoff, sehr langsam ohne Grafikkarte.",
  "Trained on many kinds of blur and noise: robust on bad copies.":
    "Mit vielen Arten von Unschärfe und Rauschen trainiert: robust bei schlechten Kopien.",
  "More detail and a better likeness than 1.3.": "Mehr Feinheiten und ähnlicher als 1.3.",
  "Softer and more natural than 1.4.": "Weicher und natürlicher als 1.4.",
  "Free for commercial use; freer with the features of a face than GFPGAN.":
    "Auch gewerblich frei; nimmt sich mit Gesichtszügen mehr Freiheit als GFPGAN.",
  "One dial from a beautiful face to a faithful one; copes with very bad photos.":
    "Ein Regler vom schönen zum treuen Gesicht; kommt mit sehr schlechten Fotos zurecht.",
  "Tiny, quick, and far better than the detector that needs no download.":
    "Winzig, schnell und weit besser als der Finder, der keinen Download braucht.",
  "The same detector for photos of any size.": "Derselbe Finder für Fotos jeder Größe.",
  "Small; finds more of the turned and shaded faces than YuNet.":
    "Klein; findet mehr der gedrehten und beschatteten Gesichter als YuNet.",
  "The detector that GFPGAN and CodeFormer were made with: the surest landmarks, and slow.":
    "Der Finder, mit dem GFPGAN und CodeFormer gemacht wurden: die sichersten Merkmale, und langsam.",
  "Tells skin, hair and background apart, so that a restored face is blended in along its own outline.":
    "Unterscheidet Haut, Haare und Hintergrund, sodass ein Gesicht entlang seines eigenen Umrisses eingefügt wird.",
  "Fills large holes and repeats patterns well.": "Füllt große Löcher und setzt Muster gut fort.",
  "LaMa as OpenCV packs it: less than half the download.":
    "LaMa, wie OpenCV es packt: weniger als die Hälfte herunterzuladen.",
  "Small and very quick; livelier than LaMa, and it invents more.":
    "Klein und sehr schnell; lebhafter als LaMa, und es erfindet mehr.",
  "Removes noise and compression marks of any kind; softens rather than invents.":
    "Entfernt Rauschen und Kompressionsspuren jeder Art; macht eher weicher, als zu erfinden.",
  "As the faithful one, with some invented texture.": "Wie das treue, mit etwas erfundener Struktur.",
  "Small and quick; for even, fine noise.": "Klein und schnell; für gleichmäßiges, feines Rauschen.",
  "Small and quick, with a dial for how strong the noise is.":
    "Klein und schnell, mit einem Regler für die Stärke des Rauschens.",
  "Made for the noise of phone cameras; strong on modern photos, less so on film.":
    "Für das Rauschen von Handykameras gemacht; stark bei heutigen Fotos, weniger bei Film.",
  "Removes the blocks and rings of JPEG and finds out by itself how strong they are.":
    "Entfernt die Blöcke und Ringe von JPEG und findet selbst heraus, wie stark sie sind.",
  "For black-and-white photos that were saved as JPEG more than once.":
    "Für Schwarz-Weiß-Fotos, die mehr als einmal als JPEG gespeichert wurden.",
  "Takes out the blur of a shaken camera.": "Nimmt die Unschärfe einer verwackelten Kamera heraus.",
  "Rich and mostly plausible colours; a large download.":
    "Satte und meist glaubhafte Farben; viel herunterzuladen.",
  "More varied colours with fewer blotches; a large download.":
    "Vielfältigere Farben mit weniger Flecken; viel herunterzuladen.",
  "A quarter of the size and quicker; paler colours.": "Ein Viertel so groß und schneller; blassere Farben.",
  "Separates whatever stands in front; reliable.": "Trennt, was vorne steht; zuverlässig.",
  "Tiny and quick; coarser edges.": "Winzig und schnell; gröbere Kanten.",
  "Finer edges than U²-Net.": "Feinere Kanten als U²-Net.",
  "The finest edges, down to hair; slow, and it needs several gigabytes of memory.":
    "Die feinsten Kanten bis hin zu Haaren; langsam, und es braucht mehrere Gigabyte Speicher.",
  "Fills what is gone, 512 pixels at a time; the one to begin with. 4.3 GB.":
    "Füllt, was fehlt, je 512 Bildpunkte; das erste, das man nimmt. 4,3 GB.",
  "As the one before, with another reading of the words; its makers have withdrawn it. 5.2 GB.":
    "Wie das vorige, liest aber die Worte anders; seine Urheber haben es zurückgezogen. 5,2 GB.",
  "Fills 1024 pixels at a time and knows more of the world; wants a graphics card. 7 GB with its other parts.":
    "Füllt je 1024 Bildpunkte und weiß mehr von der Welt; braucht eine Grafikkarte. 7 GB mit seinen anderen Teilen.",
  "A part of Stable Diffusion XL inpainting.": "Ein Teil von Stable Diffusion XL inpainting.",
  "Draws from words, 512 pixels a side; the one to begin with. 4.3 GB.":
    "Zeichnet nach Worten, 512 Bildpunkte je Seite; das erste, das man nimmt. 4,3 GB.",
  "Draws 768 pixels a side; its makers have withdrawn it. 5.2 GB.":
    "Zeichnet 768 Bildpunkte je Seite; seine Urheber haben es zurückgezogen. 5,2 GB.",
  "Draws 1024 pixels a side and knows more of the world; wants a graphics card. 7 GB.":
    "Zeichnet 1024 Bildpunkte je Seite und weiß mehr von der Welt; braucht eine Grafikkarte. 7 GB.",
  "For Stable Diffusion 1 and 2: truer faces and letters. 0.3 GB.":
    "Für Stable Diffusion 1 und 2: treuere Gesichter und Buchstaben. 0,3 GB.",
  "For Stable Diffusion XL: the same pictures with half the memory. 0.3 GB.":
    "Für Stable Diffusion XL: dieselben Bilder mit halb so viel Speicher. 0,3 GB.",
  "Holds what is drawn to the lines of a picture. 0.7 GB.":
    "Hält das Gezeichnete an den Linien eines Bildes fest. 0,7 GB.",
  "Lets a model that was not made for filling see what lies around a hole. 0.7 GB.":
    "Lässt ein Modell, das nicht zum Füllen gemacht ist, sehen, was um ein Loch herum liegt. 0,7 GB.",
  "Holds what Stable Diffusion XL draws to the lines of a picture. 2.5 GB.":
    "Hält, was Stable Diffusion XL zeichnet, an den Linien eines Bildes fest. 2,5 GB.",
  "Trained for Heirloom on damage that was made up and on photos marked by hand; weights/scratches.json says more.":
    "Für Heirloom mit erfundenen Schäden und von Hand markierten Fotos trainiert; mehr steht in weights/scratches.json.",
};
