/** What the settings of nodes do. */
export const helps: Readonly<Record<string, string>> = {
  // Background and colour.
  "The network that finds the subject.": "Das Netz, das das Motiv findet.",
  "How closely the edge of the mask follows the edges in the photo.":
    "Wie genau der Rand der Maske den Kanten im Foto folgt.",
  "Works out hair and other fine edges strand by strand; takes much longer.":
    "Arbeitet Haare und andere feine Kanten Strähne für Strähne heraus; dauert viel länger.",
  "Matting: surer than this is the subject for certain.": "Freistellen: Was sicherer ist, gehört gewiss zum Motiv.",
  "Matting: less sure than this is background for certain.":
    "Freistellen: Was unsicherer ist, gehört gewiss zum Hintergrund.",
  "Matting: how wide the uncertain edge is, in percent of the photo's longer side.":
    "Freistellen: wie breit der unsichere Rand ist, in Prozent der längeren Seite.",
  "The network that guesses the colours.": "Das Netz, das die Farben errät.",
  "0 keeps the photo, 1 takes the new colours fully.": "0 lässt das Foto, wie es ist; 1 nimmt die neuen Farben ganz.",
  "How vivid the new colours are; 1 is as guessed.": "Wie kräftig die neuen Farben sind; 1 ist wie geraten.",
  "How firmly colours stop at the edges in the photo.": "Wie streng Farben an den Kanten im Foto aufhören.",
  "How far colours are evened out, in percent of the photo's longer side.":
    "Wie weit Farben ausgeglichen werden, in Prozent der längeren Seite.",
  "How firmly small spots of colour that nothing explains are taken out.":
    "Wie streng kleine Farbflecken entfernt werden, die nichts erklärt.",
  "How softly the colours fade at the edge of the mask.": "Wie weich die Farben am Rand der Maske auslaufen.",
  "The side of the picture the network sees; smaller is bolder, larger is finer and slower.":
    "Die Seite des Bildes, das das Netz sieht; kleiner ist kühner, größer feiner und langsamer.",

  // Comparing and ageing.
  "How much the difference is amplified to be seen.": "Wie sehr der Unterschied verstärkt wird, damit man ihn sieht.",
  "As heat from black to white, per colour, or in grey.": "Als Wärme von Schwarz bis Weiß, nach Farben oder in Grau.",
  "Both whole, or the left half of one and the right half of the other.":
    "Beide ganz, oder die linke Hälfte des einen und die rechte des anderen.",
  "The width of the white line between them.": "Die Breite der weißen Linie dazwischen.",
  "Write what is what into the lower corners.": "Schreibt in die unteren Ecken, was was ist.",
  "The label of the first photo.": "Die Beschriftung des ersten Fotos.",
  "The label of the second photo.": "Die Beschriftung des zweiten Fotos.",
  "How many scratches there are.": "Wie viele Kratzer es gibt.",
  "How many folds and cracks there are.": "Wie viele Knicke und Risse es gibt.",
  "How much dust and dirt lies on it.": "Wie viel Staub und Schmutz darauf liegt.",
  "How many hairs and fibres lie on it.": "Wie viele Haare und Fasern darauf liegen.",
  "How many stains, brown spots, strips of tape and fingerprints there are.":
    "Wie viele Flecken, Stockflecken, Klebestreifen und Fingerabdrücke es gibt.",
  "How torn its corners and how worn its rims are.":
    "Wie eingerissen die Ecken und wie abgenutzt die Ränder sind.",
  "How far black and colours have faded.": "Wie weit Schwarz und Farben verblasst sind.",
  "How yellow the paper has become.": "Wie gelb das Papier geworden ist.",
  "How strong the grain of the film is.": "Wie stark das Korn des Films ist.",
  "How soft the lens drew.": "Wie weich das Objektiv gezeichnet hat.",
  "Another seed damages it in other places.": "Eine andere Zahl beschädigt es an anderen Stellen.",

  // Detail.
  "How far the blur spreads, in pixels of the photo.": "Wie weit die Weichzeichnung reicht, in Bildpunkten.",
  "The network that does it.": "Das Netz, das es tut.",
  "How much of its result is mixed in.": "Wie viel von seinem Ergebnis beigemischt wird.",
  "How strongly; 0 changes nothing.": "Wie stark; 0 ändert nichts.",
  "How wide the blur is that is worked against, in pixels.":
    "Wie breit die Unschärfe ist, gegen die gearbeitet wird, in Bildpunkten.",
  "Differences fainter than this are left alone: grain stays as it is.":
    "Schwächere Unterschiede bleiben: Das Korn bleibt, wie es ist.",
  "Measure first: leave a sharp photo alone, and keep the threshold above the grain.":
    "Misst zuerst: lässt ein scharfes Foto in Ruhe und hält die Schwelle über dem Korn.",

  // Faces.
  "YuNet is small and good; RetinaFace finds more difficult faces; cascade needs no download.":
    "YuNet ist klein und gut; RetinaFace findet schwierigere Gesichter; cascade braucht keinen Download.",
  "How sure the detector must be: lower finds more faces, and more mistakes.":
    "Wie sicher der Finder sein muss: Niedriger findet mehr Gesichter und macht mehr Fehler.",
  "Narrower faces are left out; small ones take longer to look for.":
    "Schmalere Gesichter werden ausgelassen; nach kleinen zu suchen dauert länger.",
  "Only this many are kept, the largest ones.": "Nur so viele werden behalten, die größten.",
  "All, the largest, or some by their numbers from left to right.":
    "Alle, das größte oder einige nach ihren Nummern von links nach rechts.",
  "How large the marks are: 1 is a face without hair and ears, 1.8 the whole head.":
    "Wie groß markiert wird: 1 ist ein Gesicht ohne Haare und Ohren, 1,8 der ganze Kopf.",
  "The network that rebuilds the faces; each has its own look and licence.":
    "Das Netz, das die Gesichter wiederherstellt; jedes hat sein eigenes Aussehen und seine eigene Lizenz.",
  "0 keeps the photo, 1 trusts the network.": "0 lässt das Foto, wie es ist; 1 vertraut dem Netz.",
  "CodeFormer only: from the cleanest to the most alike.": "Nur CodeFormer: vom saubersten zum ähnlichsten.",
  "Narrower faces stay as they are: the network would invent them.":
    "Schmalere Gesichter bleiben, wie sie sind: Das Netz würde sie erfinden.",
  "How far light and colour of the face are brought back to the photo's.":
    "Wie weit Licht und Farbe des Gesichts zu denen des Fotos zurückgebracht werden.",
  "How much of the photo's grain the new face gets back.": "Wie viel vom Korn des Fotos das neue Gesicht zurückbekommt.",
  "How a face is cut out: the ellipse needs no download; parsenet follows its outline and hair.":
    "Wie ein Gesicht ausgeschnitten wird: Die Ellipse braucht keinen Download; parsenet folgt Umriss und Haaren.",
  "Another seed draws other grain and skin texture.": "Eine andere Zahl zeichnet anderes Korn und andere Haut.",

  // Files.
  "The picture file to start from.": "Die Bilddatei, mit der begonnen wird.",
  "Which page of a TIFF with several; 1 is the first.": "Welche Seite einer TIFF-Datei mit mehreren; 1 ist die erste.",
  "The file's name without its ending; {photo} stands for the name of the photo.":
    "Der Name der Datei ohne Endung; {photo} steht für den Namen des Fotos.",
  "PNG and TIFF lose nothing; JPEG and WebP are smaller.": "PNG und TIFF verlieren nichts; JPEG und WebP sind kleiner.",
  "For JPEG and WebP: higher looks better and takes more space.":
    "Für JPEG und WebP: Höher sieht besser aus und braucht mehr Platz.",
  "Bits per colour; 16 keeps finer shades and needs PNG or TIFF.":
    "Bits je Farbe; 16 behält feinere Abstufungen und braucht PNG oder TIFF.",
  "Keep camera data, captions and keywords of the photo.":
    "Behält Kameradaten, Bildtexte und Stichwörter des Fotos.",

  // Layers and masks.
  "How the upper photo acts on the lower one: normal covers it, multiply darkens, screen lightens, luminosity takes its light and dark, colour its tint.":
    "Wie das obere Foto auf das untere wirkt: normal deckt ab, multiplizieren dunkelt, negativ multiplizieren hellt auf, Leuchtkraft nimmt Hell und Dunkel, Farbe die Tönung.",
  "0 shows only the lower photo, 1 blends fully.": "0 zeigt nur das untere Foto, 1 überblendet ganz.",
  "Add: marked in either. Subtract: the second is taken away. Intersect: marked in both. Difference: marked in only one.":
    "Hinzufügen: in einer von beiden markiert. Abziehen: Die zweite wird weggenommen. Schnittmenge: in beiden markiert. Unterschied: in nur einer markiert.",
  "How far the edge fades, in pixels of the photo.": "Wie weit der Rand ausläuft, in Bildpunkten.",
  "On which side of the edge it fades.": "Auf welcher Seite des Randes er ausläuft.",
  "How far the edge moves: above 0 outwards, below 0 inwards.":
    "Wie weit sich der Rand bewegt: über 0 nach außen, unter 0 nach innen.",
  "The picture file that holds the mask.": "Die Bilddatei mit der Maske.",
  "What means marked: white, black, what is opaque or transparent, or red paint over the photo; guess looks for it.":
    "Was markiert bedeutet: weiß, schwarz, deckend, durchsichtig oder rote Farbe auf dem Foto; erraten sucht danach.",
  "The colour of what is marked.": "Die Farbe dessen, was markiert ist.",
  "1 covers the photo where it is marked.": "1 verdeckt das Foto, wo es markiert ist.",
  "Draw only the edge of each mark, so that what is marked can be seen.":
    "Zeichnet nur die Ränder, damit man sieht, was markiert ist.",
  "What was painted: each stroke marks or erases, in the order of painting.":
    "Was gemalt wurde: Jeder Strich markiert oder löscht, in der Reihenfolge des Malens.",
  "Both lose nothing; any picture editor opens PNG.": "Beide verlieren nichts; PNG öffnet jede Bildbearbeitung.",
  "What is marked at least this strongly stays marked.": "Was mindestens so stark markiert ist, bleibt markiert.",
  "0 makes a hard edge, more lets it fade around the level.":
    "0 macht einen harten Rand, mehr lässt ihn um die Grenze herum auslaufen.",
  "Marks smaller than a dot of this width are dropped.": "Was kleiner ist als ein Punkt dieser Breite, fällt weg.",
  "Holes smaller than a dot of this width are filled.":
    "Löcher, die kleiner sind als ein Punkt dieser Breite, werden gefüllt.",
  "Mark what was not marked and the other way round; softness 1 keeps soft edges.":
    "Markiert, was nicht markiert war, und umgekehrt; Weichheit 1 behält weiche Ränder.",
  "One click on a scratch follows it both ways; several follow it from point to point.":
    "Ein Klick auf einen Kratzer folgt ihm in beide Richtungen; mehrere folgen ihm von Punkt zu Punkt.",
  "How wide the scratch is.": "Wie breit der Kratzer ist.",
  "Whether the scratch is lighter or darker than the photo.": "Ob der Kratzer heller oder dunkler ist als das Foto.",
  "How far the scratch may leave the straight way between two points.":
    "Wie weit der Kratzer vom geraden Weg zwischen zwei Punkten abweichen darf.",

  // Noise.
  "Measured takes out what looks like this photo's own noise; the others are networks.":
    "Gemessen nimmt heraus, was wie das eigene Rauschen dieses Fotos aussieht; die anderen sind Netze.",
  "How much of the noise goes: 0 none, 1 all of it.": "Wie viel vom Rauschen verschwindet: 0 nichts, 1 alles.",
  "How much of it in brightness: grain.": "Wie viel davon in der Helligkeit: das Korn.",
  "How much of it in colour: coloured speckles.": "Wie viel davon in der Farbe: bunte Sprenkel.",
  "Higher keeps finer detail, and some noise with it; most networks ignore it.":
    "Höher behält feinere Einzelheiten und damit etwas Rauschen; die meisten Netze beachten es nicht.",
  "The noise in steps of 255; 0 measures it in the photo.": "Das Rauschen in Stufen von 255; 0 misst es im Foto.",
  "How strong the grain is in the midtones.": "Wie stark das Korn in den Mitteltönen ist.",
  "How large the grains are.": "Wie groß die Körner sind.",
  "0 is grain of black-and-white film, 1 of colour film.": "0 ist Korn von Schwarz-Weiß-Film, 1 von Farbfilm.",
  "Another seed draws other grains.": "Eine andere Zahl zeichnet andere Körner.",
  "Deblock needs no download; the networks take out more.":
    "Deblock braucht keinen Download; die Netze nehmen mehr heraus.",
  "How much of the marks goes: 0 none, 1 all.": "Wie viel von den Spuren verschwindet: 0 nichts, 1 alles.",
  "The quality the file was saved with; 0 finds it out.":
    "Die Qualität, mit der die Datei gespeichert wurde; 0 findet es heraus.",

  // Repair.
  "Lower finds more, also things that belong to the photo.": "Niedriger findet mehr, auch was zum Foto gehört.",
  "How far a sure find is followed into its fainter parts; 0 not at all.":
    "Wie weit einem sicheren Fund in seine schwächeren Teile gefolgt wird; 0 gar nicht.",
  "Whether to mark light damage, dark damage or both.": "Ob helle Schäden, dunkle oder beide markiert werden.",
  "What is smaller than a dot of this width is left alone.":
    "Was kleiner ist als ein Punkt dieser Breite, bleibt in Ruhe.",
  "What is shorter than this is left alone.": "Was kürzer ist, bleibt in Ruhe.",
  "What is wider than this is left alone.": "Was breiter ist, bleibt in Ruhe.",
  "0 marks things of any shape; more leaves only what is long and thin.":
    "0 markiert jede Form; mehr lässt nur übrig, was lang und dünn ist.",
  "Widen what was found by this much, for its soft rim.":
    "Verbreitert das Gefundene um so viel, seines weichen Randes wegen.",
  "How much surer it must be within faces, if they are wired; 1 spares them.":
    "Wie viel sicherer es in Gesichtern sein muss, wenn sie angeschlossen sind; 1 verschont sie.",
  "What looks for damage where no map is wired.": "Was nach Schäden sucht, wo keine Karte angeschlossen ist.",
  "Texture copies pieces from around; telea and navier-stokes spread colours in; networks invent.":
    "Struktur kopiert Stücke aus der Umgebung; telea und navier-stokes lassen Farben hineinlaufen; Netze erfinden.",
  "How far around a pixel telea and navier-stokes look.":
    "Wie weit telea und navier-stokes um einen Bildpunkt herum schauen.",
  "How far beyond the mask the damage's rim is filled too, where there is one.":
    "Wie weit über die Maske hinaus auch der Rand des Schadens gefüllt wird, wo es einen gibt.",
  "How much of the photo's grain is put back on what a network fills smoothly.":
    "Wie viel vom Korn des Fotos auf das zurückkommt, was ein Netz glatt gefüllt hat.",
  "The network trained for this comes with Heirloom; classical looks for lines and specks without one.":
    "Das dafür trainierte Netz kommt mit Heirloom; klassisch sucht ohne Netz nach Linien und Punkten.",
  "Have the network look at half the size too, which fills wide creases and stains.":
    "Lässt das Netz auch in halber Größe schauen; das füllt breite Knicke und Flecken.",

  // Tone.
  "How much of the correction is made.": "Wie viel von der Korrektur gemacht wird.",
  "A sepia or otherwise toned print keeps its tone or becomes grey.":
    "Ein sepiafarbener oder anders getonter Abzug behält seinen Ton oder wird grau.",
  "How much skin is kept from turning to another hue.": "Wie sehr Haut davor bewahrt wird, einen anderen Ton anzunehmen.",
  "Find black and white in the photo; off uses the two settings below.":
    "Findet Schwarz und Weiß im Foto; aus nimmt die beiden Einstellungen darunter.",
  "Percent of the pixels at either end that may become black or white.":
    "Prozent der Bildpunkte an beiden Enden, die schwarz oder weiß werden dürfen.",
  "What becomes black, when not automatic.": "Was schwarz wird, wenn nicht automatisch.",
  "What becomes white, when not automatic.": "Was weiß wird, wenn nicht automatisch.",
  "Above 1 lightens the midtones, below 1 darkens them.": "Über 1 hellt die Mitteltöne auf, unter 1 dunkelt sie ab.",
  "How much of the change is made.": "Wie viel von der Änderung gemacht wird.",
  "How the light's colour is found; careful corrects only what several methods agree on.":
    "Wie die Farbe des Lichts gefunden wird; vorsichtig korrigiert nur, worin mehrere Verfahren übereinstimmen.",
  "Below 0 makes it bluer, above 0 warmer.": "Unter 0 wird es blauer, über 0 wärmer.",
  "Below 0 makes it greener, above 0 pinker.": "Unter 0 wird es grüner, über 0 rosiger.",
  "How much of the measured cast is taken out.": "Wie viel vom gemessenen Farbstich herausgenommen wird.",
  "Leave sepia and other toned black-and-white prints as they are.":
    "Lässt Sepia und andere getonte Schwarz-Weiß-Abzüge, wie sie sind.",

  // Size.
  "The network that draws the larger photo.": "Das Netz, das das größere Foto zeichnet.",
  "How many times as wide and high; 1 only cleans the photo at its own size.":
    "Wie viel Mal so breit und hoch; 1 säubert das Foto nur in seiner eigenen Größe.",
  "Lower keeps more grain; only realesr-general-x4v3 has this choice.":
    "Niedriger behält mehr Korn; nur realesr-general-x4v3 bietet das.",
  "What the new size is given by. The proportions are kept.":
    "Wodurch die neue Größe gegeben ist. Die Seitenverhältnisse bleiben.",
  "How many times as wide and high, when given by factor.": "Wie viel Mal so breit und hoch, wenn nach Faktor.",
  "The new length of that side, when given by a side.": "Die neue Länge dieser Seite, wenn nach einer Seite.",
  "Lanczos is the sharpest, bicubic a little softer, area averages plainly, nearest keeps hard pixels.":
    "Lanczos ist am schärfsten, bicubic etwas weicher, Fläche mittelt schlicht, nächster behält harte Bildpunkte.",

  // Other packages.
  "Which network restores the faces: GFPGAN 1.3, 1.4 or RestoreFormer.":
    "Welches Netz die Gesichter wiederherstellt: GFPGAN 1.3, 1.4 oder RestoreFormer.",
  "How many times as wide and high the result is.": "Wie viel Mal so breit und hoch das Ergebnis ist.",
  "What enlarges everything around the faces.": "Was alles um die Gesichter herum vergrößert.",
  "Restore only the face nearest to the middle.": "Stellt nur das Gesicht wieder her, das der Mitte am nächsten ist.",
  "Which RetinaFace finds the faces.": "Welches RetinaFace die Gesichter findet.",
  "Which network outlines each face for pasting it back.": "Welches Netz jedes Gesicht zum Einfügen umreißt.",
  "The network adds a little chance to every face; the same seed gives the same.":
    "Das Netz gibt jedem Gesicht ein wenig Zufall; dieselbe Zahl gibt dasselbe.",
  "Which of the Real-ESRGAN networks enlarges the photo.": "Welches der Real-ESRGAN-Netze das Foto vergrößert.",
  "With realesr-general-x4v3: 0 keeps the noise, 1 takes most of it.":
    "Mit realesr-general-x4v3: 0 behält das Rauschen, 1 nimmt das meiste.",
  "The side of the tiles it works in; 0 takes the photo whole.":
    "Die Seite der Kacheln, in denen gearbeitet wird; 0 nimmt das Foto ganz.",
  "How far it looks beyond each tile; too little shows seams.":
    "Wie weit über jede Kachel hinaus geschaut wird; zu wenig zeigt Nähte.",
};
