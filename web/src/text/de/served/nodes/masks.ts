/** What the nodes of "masks" say: title, summary, help by paragraphs, and what each setting does. */
export const masks: Readonly<Record<string, string>> = {
  "Combine Masks": "Masken verbinden",
  "Add a mask to another one, take it away, or keep what both share.":
    "Fügt eine Maske zu einer anderen hinzu, zieht sie ab oder behält, was beide gemeinsam haben.",
  "For instance: add what was painted by hand to the scratches that were found, or take the faces away from them. With nothing wired to the second socket the first mask passes unchanged.":
    "Zum Beispiel: Fügen Sie den gefundenen Kratzern hinzu, was Sie von Hand gemalt haben, oder nehmen Sie die Gesichter davon weg. Ist am zweiten Eingang nichts angeschlossen, geht die erste Maske unverändert durch.",
  "Add: marked in either. Subtract: the second is taken away. Intersect: marked in both. Difference: marked in only one.":
    "Hinzufügen: in einer von beiden markiert. Abziehen: Die zweite wird weggenommen. Schnittmenge: in beiden markiert. Unterschied: in nur einer markiert.",

  "Feather Mask": "Maske weich auslaufen lassen",
  "Let the marked areas fade out at their edges.": "Lässt markierte Flächen an den Rändern weich auslaufen.",
  "A repair or a correction then blends into its surroundings without a visible border. \"Outwards\" keeps everything that was marked fully marked and fades around it, which suits scratches. \"Inwards\" stays within what was marked; marks thinner than the radius vanish. \"Both\" fades half on either side.":
    "Eine Ausbesserung oder Korrektur geht dann ohne sichtbare Grenze in ihre Umgebung über. „Nach außen“ behält alles Markierte ganz markiert und läuft darum herum aus; das passt zu Kratzern. „Nach innen“ bleibt in dem, was markiert war; Markierungen, die schmaler sind als der Radius, verschwinden. „Beides“ läuft auf jeder Seite zur Hälfte aus.",
  "How far the edge fades, in pixels of the photo.": "Wie weit der Rand ausläuft, in Bildpunkten.",
  "On which side of the edge it fades.": "Auf welcher Seite des Randes er ausläuft.",

  "Grow Mask": "Maske vergrößern",
  "Make the marked areas larger or smaller.": "Macht die markierten Flächen größer oder kleiner.",
  "Found scratches are often marked a little too thin, so that a bright or dark rim stays behind after they are filled: growing the mask by two or three pixels takes the rim along. With a number below 0 the marks shrink, and thin ones vanish. Corners become round. Soft edges stay soft.":
    "Gefundene Kratzer sind oft ein wenig zu schmal markiert, sodass nach dem Füllen ein heller oder dunkler Saum bleibt: Vergrößern Sie die Maske um zwei oder drei Bildpunkte, und der Saum ist dabei. Mit einer Zahl unter 0 schrumpfen die Markierungen, und schmale verschwinden. Ecken werden rund. Weiche Ränder bleiben weich.",
  "How far the edge moves: above 0 outwards, below 0 inwards.":
    "Wie weit sich der Rand bewegt: über 0 nach außen, unter 0 nach innen.",

  "Load Mask": "Maske laden",
  "Open a mask that was made in a picture editor.": "Öffnet eine Maske, die in einer Bildbearbeitung gemacht wurde.",
  "It may be black and white, a layer that is transparent where nothing is marked, a copy of the photo in which the damage was erased, or one painted over in red. Wire the photo too: a mask of the same proportions is then brought to its size, and red paint is told from red in the photo.":
    "Sie darf schwarz-weiß sein, eine Ebene, die durchsichtig ist, wo nichts markiert ist, eine Kopie des Fotos, in der die Schäden gelöscht wurden, oder eine, die rot übermalt ist. Schließen Sie auch das Foto an: Eine Maske mit demselben Seitenverhältnis wird dann auf seine Größe gebracht, und rote Farbe wird vom Rot im Foto unterschieden.",
  "Guess takes whichever is rarer for marked. Where it is wrong, say what means marked.":
    "„Erraten“ nimmt das Seltenere als markiert. Wo das falsch ist, sagen Sie, was markiert bedeutet.",
  "The picture file that holds the mask.": "Die Bilddatei mit der Maske.",
  "What means marked: white, black, what is opaque or transparent, or red paint over the photo; guess looks for it.":
    "Was markiert bedeutet: weiß, schwarz, deckend, durchsichtig oder rote Farbe auf dem Foto; erraten sucht danach.",

  "Show Mask on Photo": "Maske auf dem Foto zeigen",
  "Lay the mask over the photo in colour, to judge it.": "Legt die Maske farbig über das Foto, um sie zu beurteilen.",
  "For looking only: what is marked shows in colour, the rest of the photo as it is. Wire the photo itself, not this picture, to the steps that repair it.":
    "Nur zum Ansehen: Markiertes erscheint farbig, der Rest des Fotos, wie er ist. Schließen Sie an die Schritte, die ausbessern, das Foto selbst an und nicht dieses Bild.",
  "The colour of what is marked.": "Die Farbe dessen, was markiert ist.",
  "1 covers the photo where it is marked.": "1 verdeckt das Foto, wo es markiert ist.",
  "Draw only the edge of each mark, so that what is marked can be seen.":
    "Zeichnet nur die Ränder, damit man sieht, was markiert ist.",

  "Paint Mask": "Maske malen",
  "Mark by hand what shall be worked on, or correct a mask that was found.":
    "Markieren Sie von Hand, was bearbeitet werden soll, oder verbessern Sie eine gefundene Maske.",
  "Wire the mask of Find Scratches to go on from there: paint what it missed, erase what it took for damage. The strokes are kept as lines, not as pixels, so they stay editable and sharp at any size of the photo.":
    "Schließen Sie die Maske von „Kratzer finden“ an, um von dort weiterzumachen: Malen Sie, was fehlt, und löschen Sie, was fälschlich als Schaden gilt. Die Striche werden als Linien behalten, nicht als Bildpunkte; so bleiben sie änderbar und bei jeder Größe des Fotos scharf.",
  "Besides the brush there is a lasso, which marks all that a line encloses; a flood, which marks everything around a place that looks like it; and a line tracer, which follows a scratch from a click, or from one click to the next. How much the flood takes along is its tolerance: 0 is the very same colour, 0.1 is about the same, 1 is as different as black and white. Each of them can also erase.":
    "Neben dem Pinsel gibt es ein Lasso, das alles markiert, was eine Linie umschließt; eine Flut, die um eine Stelle herum alles markiert, was ihr ähnlich sieht; und einen Linienverfolger, der einem Kratzer von einem Klick aus oder von einem Klick zum nächsten folgt. Wie viel die Flut mitnimmt, ist ihre Toleranz: 0 ist genau dieselbe Farbe, 0,1 etwa dieselbe, 1 so verschieden wie Schwarz und Weiß. Jedes davon kann auch löschen.",
  "What was painted: each stroke marks or erases, in the order of painting.":
    "Was gemalt wurde: Jeder Strich markiert oder löscht, in der Reihenfolge des Malens.",

  "Save Mask": "Maske speichern",
  "Write the mask to the results folder, as a grey picture: white is marked.":
    "Schreibt die Maske als graues Bild in den Ordner der Ergebnisse: Weiß ist markiert.",
  "Correct it in any picture editor and bring it back with Load Mask. Soft edges are kept as greys, in 16 bits where 8 do not hold them exactly.":
    "Verbessern Sie sie in einer beliebigen Bildbearbeitung, und holen Sie sie mit „Maske laden“ zurück. Weiche Ränder bleiben als Grautöne erhalten, mit 16 Bit, wo 8 sie nicht genau wiedergeben.",
  "Both lose nothing; any picture editor opens PNG.": "Beide verlieren nichts; PNG öffnet jede Bildbearbeitung.",

  "Threshold Mask": "Maske abgrenzen",
  "Decide what is marked and what is not, and tidy up.": "Entscheidet, was markiert ist und was nicht, und räumt auf.",
  "Turns a faint or uneven mask into a clear one. Small islands, such as grain taken for dust, can be dropped by their size, and small holes filled. The sizes are the width of a round dot with the same area, so that a long scratch counts as large even where it is thin.":
    "Macht aus einer schwachen oder ungleichmäßigen Maske eine klare. Kleine Inseln, etwa Korn, das für Staub gehalten wurde, lassen sich nach Größe verwerfen und kleine Löcher füllen. Die Größe ist die Breite eines runden Punktes mit derselben Fläche; so zählt ein langer Kratzer als groß, auch wo er dünn ist.",
  "What is marked at least this strongly stays marked.": "Was mindestens so stark markiert ist, bleibt markiert.",
  "0 makes a hard edge, more lets it fade around the level.":
    "0 macht einen harten Rand, mehr lässt ihn um die Grenze herum auslaufen.",
  "Marks smaller than a dot of this width are dropped.": "Was kleiner ist als ein Punkt dieser Breite, fällt weg.",
  "Holes smaller than a dot of this width are filled.":
    "Löcher, die kleiner sind als ein Punkt dieser Breite, werden gefüllt.",
  "Mark what was not marked and the other way round; softness 1 keeps soft edges.":
    "Markiert, was nicht markiert war, und umgekehrt; Weichheit 1 behält weiche Ränder.",

  "Trace Scratch": "Kratzer nachfahren",
  "Follow a faint scratch from a click, or from point to point.":
    "Folgt einem schwachen Kratzer von einem Klick aus oder von Punkt zu Punkt.",
  "Long scratches are often too faint to be found and tiresome to paint. Click on one: it is followed in both directions for as long as it can be told from the grain. Where it is lost, click on several places along it, and it is followed between them. Wire a mask to add the scratch to it.":
    "Lange Kratzer sind oft zu schwach, um gefunden zu werden, und mühsam zu malen. Klicken Sie auf einen: Ihm wird in beide Richtungen gefolgt, so weit er sich vom Korn unterscheidet. Wo er verloren geht, klicken Sie auf mehrere Stellen entlang des Kratzers; dazwischen wird ihm gefolgt. Schließen Sie eine Maske an, um den Kratzer zu ihr hinzuzufügen.",
  "One click on a scratch follows it both ways; several follow it from point to point.":
    "Ein Klick auf einen Kratzer folgt ihm in beide Richtungen; mehrere folgen ihm von Punkt zu Punkt.",
  "How wide the scratch is.": "Wie breit der Kratzer ist.",
  "Whether the scratch is lighter or darker than the photo.": "Ob der Kratzer heller oder dunkler ist als das Foto.",
  "How far the scratch may leave the straight way between two points.":
    "Wie weit der Kratzer vom geraden Weg zwischen zwei Punkten abweichen darf.",
};
