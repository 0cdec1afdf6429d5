/** What the nodes of "geometry" say: title, summary, help by paragraphs, and what each setting does. */
export const geometry: Readonly<Record<string, string>> = {
  Border: "Rand",
  "Cut off the white border of a print, replace a stained one, or add one.":
    "Schneidet den weißen Rand eines Abzugs ab, ersetzt einen fleckigen oder fügt einen hinzu.",
  "The border is found by its plain paper all around; the print must be cropped and straight. A print without a border is left as it is by Remove and by Renew. The picture itself does not change.":
    "Der Rand wird an seinem leeren Papier ringsum erkannt; der Abzug muss zugeschnitten und gerade sein. Ein Abzug ohne Rand bleibt bei „entfernen“ und „erneuern“, wie er ist. Das Bild selbst ändert sich nicht.",
  "A mask that belongs to the photo is moved along.": "Eine Maske, die zum Foto gehört, wird mitbewegt.",
  "Remove the print's border, renew it clean and even, or add one around all of the photo.":
    "Entfernt den Rand des Abzugs, erneuert ihn sauber und gleichmäßig oder fügt einen um das ganze Foto hinzu.",
  "How wide a new border is, in percent of the picture's longer side.":
    "Wie breit ein neuer Rand ist, in Prozent der längeren Seite des Bildes.",
  "The colour of the paper as it is, or the one chosen below.":
    "Die Farbe des Papiers, wie es ist, oder die unten gewählte.",
  "The colour of a new border, if it is chosen.": "Die Farbe eines neuen Randes, wenn sie gewählt wird.",

  Crop: "Zuschneiden",
  "Keep a rectangle of the photo and cut off the rest.": "Behält ein Rechteck des Fotos und schneidet den Rest ab.",
  "What is kept does not change at all. Choose a shape to make it fit a frame: the largest part of that shape around the middle is kept, lying or standing as the photo does.":
    "Was bleibt, ändert sich gar nicht. Wählen Sie eine Form, damit es in einen Rahmen passt: Behalten wird der größte Teil in dieser Form um die Mitte, liegend oder stehend wie das Foto.",
  "A mask that belongs to the photo is cut along.": "Eine Maske, die zum Foto gehört, wird mitgeschnitten.",
  "Whether the sides are cut in percent of the photo or in pixels.":
    "Ob die Seiten in Prozent des Fotos oder in Bildpunkten beschnitten werden.",
  "Cut from the left, in percent of the photo's width.": "Was links wegfällt, in Prozent der Breite des Fotos.",
  "Cut from the top, in percent of its height.": "Was oben wegfällt, in Prozent der Höhe.",
  "Cut from the right, in percent of its width.": "Was rechts wegfällt, in Prozent der Breite.",
  "Cut from the bottom, in percent of its height.": "Was unten wegfällt, in Prozent der Höhe.",
  "In pixels: where the part begins, from the left.": "In Bildpunkten: wo der Teil beginnt, von links.",
  "In pixels: where it begins, from the top.": "In Bildpunkten: wo er beginnt, von oben.",
  "In pixels: how wide it is; 0 goes to the right end.":
    "In Bildpunkten: wie breit er ist; 0 geht bis zum rechten Ende.",
  "In pixels: how high it is; 0 goes to the bottom.": "In Bildpunkten: wie hoch er ist; 0 geht bis zum unteren Ende.",
  "Cuts on, evenly from both sides, to the proportions of a frame or a paper.":
    "Schneidet weiter, gleichmäßig von beiden Seiten, auf das Verhältnis eines Rahmens oder Papiers.",

  "Crop to the Print": "Abzug ausschneiden",
  "Find a photo on the scanner's glass, cut it out and set it straight.":
    "Findet ein Foto auf dem Glas des Scanners, schneidet es aus und richtet es gerade.",
  "It works with a white, grey or black lid. Several prints may lie on the glass, if they do not touch: choose which one is taken, counted from the top left as one reads. On a folder of scans a workflow can take all of them, one after another. Prints that lie askew are turned upright. A torn corner keeps its place in the rectangle and is marked in Missing, so that Fill Damage can paint it.":
    "Es geht mit weißem, grauem und schwarzem Deckel. Auf dem Glas dürfen mehrere Abzüge liegen, wenn sie sich nicht berühren: Wählen Sie, welcher genommen wird, von oben links gezählt, wie man liest. In einem Ordner mit Scans kann ein Ablauf alle nehmen, einen nach dem anderen. Schief liegende Abzüge werden gerade gedreht. Eine abgerissene Ecke behält ihren Platz im Rechteck und wird in „Fehlendes“ markiert, sodass „Schäden füllen“ sie malen kann.",
  "A photo that fills the scan, or was cut out before, is left as it is. A mask that belongs to the photo is moved along.":
    "Ein Foto, das den Scan ausfüllt oder schon ausgeschnitten ist, bleibt, wie es ist. Eine Maske, die zum Foto gehört, wird mitbewegt.",
  "Which print is taken where several lie on the glass, counted as one reads.":
    "Welcher Abzug genommen wird, wo mehrere auf dem Glas liegen, gezählt, wie man liest.",
  "Keeps the white border of the print; otherwise only the picture within is left.":
    "Behält den weißen Rand des Abzugs; sonst bleibt nur das Bild darin.",
  "How much of the scanner's bed is left around it, in percent of its longer side; below 0 cuts deeper.":
    "Wie viel vom Scannerglas ringsum bleibt, in Prozent der längeren Seite; unter 0 wird tiefer geschnitten.",

  "Correct Perspective": "Perspektive entzerren",
  "Make a print that was photographed at a slant rectangular, and cut it out.":
    "Macht einen schräg fotografierten Abzug rechteckig und schneidet ihn aus.",
  "Put the four corners of the quadrangle on the corners of the print, the first on its top left. Without corners the print is looked for: it must lie on a plain ground that is seen on all sides. If none is found, the photo is left as it is.":
    "Setzen Sie die vier Ecken des Vierecks auf die Ecken des Abzugs, die erste oben links. Ohne Ecken wird der Abzug gesucht: Er muss auf einem schlichten Grund liegen, der auf allen Seiten zu sehen ist. Wird keiner gefunden, bleibt das Foto, wie es ist.",
  "The four corners of the print. Without any, they are looked for.":
    "Die vier Ecken des Abzugs. Ohne sie wird er gesucht.",
  "The print's proportions, if you know them; free works them out.":
    "Das Seitenverhältnis des Abzugs, wenn Sie es kennen; „frei“ errechnet es.",

  Rotate: "Drehen",
  "Turn the photo by quarters or by any angle, and mirror it.":
    "Dreht das Foto in Vierteln oder um einen beliebigen Winkel und spiegelt es.",
  "Quarter turns and mirroring only change the order of the pixels, so that nothing is lost. A turn by another angle leaves empty corners: they are filled with a colour, and marked in Empty so that Fill Damage can paint them.":
    "Vierteldrehungen und Spiegeln ändern nur die Reihenfolge der Bildpunkte, darum geht nichts verloren. Eine Drehung um einen anderen Winkel hinterlässt leere Ecken: Sie werden mit einer Farbe gefüllt und in „Leeres“ markiert, sodass „Schäden füllen“ sie malen kann.",
  "A mask that belongs to the photo is turned along.": "Eine Maske, die zum Foto gehört, wird mitgedreht.",
  "A quarter turn to the right or left, or half a turn. Nothing is lost.":
    "Eine Vierteldrehung nach rechts oder links oder eine halbe Drehung. Nichts geht verloren.",
  "A further turn by any angle, to the right where it is above 0.":
    "Eine weitere Drehung um einen beliebigen Winkel, über 0 nach rechts.",
  "Exchanges left and right, or top and bottom: for slides scanned from behind.":
    "Vertauscht links und rechts oder oben und unten: für Dias, die von hinten gescannt wurden.",
  "After a free turn: crop the empty corners, grow around them, or keep the size.":
    "Nach einer freien Drehung: die leeren Ecken abschneiden, das Foto um sie vergrößern oder die Größe behalten.",
  "What fills empty corners: the colour of the photo's edge, white or black.":
    "Womit leere Ecken gefüllt werden: mit der Farbe vom Rand des Fotos, Weiß oder Schwarz.",

  Straighten: "Gerade richten",
  "Turn a photo that hangs askew until its horizon is level and its walls are upright.":
    "Dreht ein schief hängendes Foto, bis der Horizont waagerecht ist und die Wände aufrecht stehen.",
  "It looks for lines that are nearly level or nearly upright: horizons, walls, doors, the edges of a print on a scanner. Only when most of them lean the same way the photo is turned. A photo that is straight already, or in which no lines are to be seen, is left as it is; then turn it by hand.":
    "Gesucht werden Linien, die beinahe waagerecht oder beinahe senkrecht sind: Horizonte, Wände, Türen, die Kanten eines Abzugs auf dem Scanner. Nur wenn die meisten in dieselbe Richtung kippen, wird das Foto gedreht. Ein Foto, das schon gerade ist oder in dem keine Linien zu sehen sind, bleibt, wie es ist; drehen Sie es dann von Hand.",
  "Find the angle in the photo, or take the one given below.":
    "Findet den Winkel im Foto oder nimmt den unten angegebenen.",
  "By hand: the turn, to the right where it is above 0.": "Von Hand: die Drehung, über 0 nach rechts.",
  "A photo that seems to lean more than this is left alone.":
    "Ein Foto, das stärker zu kippen scheint, bleibt in Ruhe.",
  "Crop the empty corners, grow around them, or keep the size.":
    "Die leeren Ecken abschneiden, das Foto um sie vergrößern oder die Größe behalten.",

  "Find Torn Edges": "Abgerissene Ecken finden",
  "Mark torn corners and edges, where the scanner's bed shows instead of the print.":
    "Markiert abgerissene Ecken und Ränder, wo statt des Abzugs das Scannerglas zu sehen ist.",
  "Give the mask to Fill Damage, and the missing corner is painted. It looks at the rectangle of the print: on a scan with one print on its bed, or on a photo that Crop to the Print has cut out. There, only a white or black bed can be told from the picture.":
    "Geben Sie die Maske an „Schäden füllen“, dann wird die fehlende Ecke gemalt. Angesehen wird das Rechteck des Abzugs: auf einem Scan mit einem Abzug auf dem Glas oder auf einem Foto, das „Abzug ausschneiden“ ausgeschnitten hat. Dort lässt sich nur ein weißes oder schwarzes Glas vom Bild unterscheiden.",
  "A plain white sky that reaches the edge and ends sharply may be taken for a gap; look at the mask before you fill.":
    "Ein ganz weißer Himmel, der bis zum Rand reicht und scharf endet, wird vielleicht für eine Lücke gehalten; sehen Sie die Maske an, bevor Sie füllen.",
  "How far the mask reaches into the print, in percent of its longer side: torn paper is frayed.":
    "Wie weit die Maske in den Abzug reicht, in Prozent der längeren Seite: Gerissenes Papier ist ausgefranst.",
};
