/** What the nodes of "tone" say: title, summary, help by paragraphs, and what each setting does. */
export const tone: Readonly<Record<string, string>> = {
  "Restore Tones Automatically": "Töne automatisch auffrischen",
  "Measure a photo and do what its tones need, or nothing.":
    "Misst ein Foto und tut, was seine Töne brauchen, oder nichts.",
  "It chooses among evening out light and stains, restoring faded colours, white balance, levels and local contrast, and says what it chose. A photo that is neither faded, uneven nor dull comes back untouched.":
    "Es wählt unter: Licht und Flecken ausgleichen, verblasste Farben zurückholen, Weißabgleich, Tonwerte und lokaler Kontrast, und sagt, was es gewählt hat. Ein Foto, das weder verblasst noch ungleichmäßig noch flau ist, kommt unberührt zurück.",
  "Each of these is a step of its own too, for when you want it otherwise.":
    "Jedes davon gibt es auch als eigenen Schritt, wenn Sie es anders möchten.",
  "How much of each correction is made.": "Wie viel von jeder Korrektur gemacht wird.",
  "A sepia or otherwise toned print keeps its tone or becomes grey.":
    "Ein sepiafarbener oder anders getonter Abzug behält seinen Ton oder wird grau.",
  "How much skin is kept from flushing and from turning to another hue.":
    "Wie sehr Haut davor bewahrt wird, sich zu röten und einen anderen Ton anzunehmen.",
  "Add local contrast where the restored photo is still flat.":
    "Fügt lokalen Kontrast hinzu, wo das restaurierte Foto noch flau ist.",

  "Local Contrast": "Lokaler Kontrast",
  "Bring out what is dull, part by part.": "Holt heraus, was flau ist, Stelle für Stelle.",
  "Each part of the photo gets the contrast it needs: a face in the shade as well as a coat in the sun. The parts blend into each other. A clear sky and bare paper are left alone, and where the photo is grainy less is done. Colours are kept.":
    "Jeder Teil des Fotos bekommt den Kontrast, den er braucht: ein Gesicht im Schatten ebenso wie ein Mantel in der Sonne. Die Teile gehen ineinander über. Ein klarer Himmel und leeres Papier bleiben in Ruhe, und wo das Foto körnig ist, geschieht weniger. Farben bleiben.",
  "Too much looks drawn. A smaller size brings out finer detail, a larger one looks calmer.":
    "Zu viel sieht gezeichnet aus. Eine kleinere Größe holt feinere Einzelheiten heraus, eine größere sieht ruhiger aus.",
  "0 keeps the photo, 1 takes the new contrast fully.":
    "0 lässt das Foto, wie es ist; 1 nimmt den neuen Kontrast ganz.",
  "How many times as strong the contrast of any detail may become.":
    "Wie viel Mal so stark der Kontrast einer Einzelheit werden darf.",
  "How large a part is worked on by itself, in percent of the longer side.":
    "Wie groß ein Teil ist, der für sich bearbeitet wird, in Prozent der längeren Seite.",
  "How much the darkest tones are kept as they are.": "Wie sehr die dunkelsten Töne bleiben, wie sie sind.",
  "How much the lightest tones are kept as they are.": "Wie sehr die hellsten Töne bleiben, wie sie sind.",

  Curves: "Kurven",
  "Lighten, darken or tint by drawing curves.": "Aufhellen, abdunkeln oder tönen, indem Sie Kurven zeichnen.",
  "Darks are on the left of a curve, lights on the right. Pull a point up and what is that light becomes lighter. A gentle S, the left a little down and the right a little up, gives more contrast.":
    "Links in einer Kurve liegt das Dunkle, rechts das Helle. Ziehen Sie einen Punkt nach oben, und was so hell ist, wird heller. Ein sanftes S, links etwas tiefer und rechts etwas höher, gibt mehr Kontrast.",
  "The curve for brightness keeps all colours. The three for red, green and blue change them: raise blue at the right end to take yellow out of the lights.":
    "Die Kurve der Helligkeit behält alle Farben. Die drei für Rot, Grün und Blau ändern sie: Heben Sie Blau am rechten Ende an, um Gelb aus den Lichtern zu nehmen.",
  "Lightens or darkens: what is this dark from left to right becomes that light upwards.":
    "Hellt auf oder dunkelt ab: Was von links nach rechts so dunkel ist, wird nach oben so hell.",
  "The same for red alone, after brightness; downwards turns to cyan.":
    "Dasselbe für Rot allein, nach der Helligkeit; nach unten wird es türkis.",
  "The same for green alone; downwards turns to pink.": "Dasselbe für Grün allein; nach unten wird es rosa.",
  "The same for blue alone; downwards turns to yellow.": "Dasselbe für Blau allein; nach unten wird es gelb.",
  "How much of the change is made.": "Wie viel von der Änderung gemacht wird.",

  "Even Out Light and Stains": "Licht und Flecken ausgleichen",
  "Take out dark corners, uneven light, and broad stains.":
    "Nimmt dunkle Ecken, ungleichmäßiges Licht und breite Flecken heraus.",
  "Automatic takes out three things: corners that are all darker in the same way, light that the white paper around the picture shows to be uneven, and yellowed zones of a black-and-white print. Where there is none of them the photo is left as it is.":
    "„Automatisch“ nimmt dreierlei heraus: Ecken, die alle gleich dunkler sind, Licht, das auf dem weißen Papier um das Bild ungleichmäßig ist, und vergilbte Bereiche eines Schwarz-Weiß-Abzugs. Wo es nichts davon gibt, bleibt das Foto, wie es ist.",
  "Switch Automatic off for a photo that is lighter on one side, or stained all over. Then the broad changes of light are evened out, whatever they come from. A dark coat or a bright window stands out and does not count, but a sky above a meadow is evened out as well: lower the strength then, or choose light without colour.":
    "Schalten Sie „Automatisch“ für ein Foto aus, das auf einer Seite heller oder überall fleckig ist. Dann werden die breiten Änderungen des Lichts ausgeglichen, woher sie auch kommen. Ein dunkler Mantel oder ein helles Fenster sticht heraus und zählt nicht, aber ein Himmel über einer Wiese wird mit ausgeglichen: Verringern Sie dann die Stärke, oder wählen Sie Licht ohne Farbe.",
  "Take out only what surely lies on the print; off evens out all broad changes of light.":
    "Nimmt nur heraus, was sicher auf dem Abzug liegt; aus gleicht alle breiten Änderungen des Lichts aus.",
  "Whether yellowed zones and other broad stains are evened out too.":
    "Ob auch vergilbte Bereiche und andere breite Flecken ausgeglichen werden.",
  "How broad a change must be when not automatic, in percent of the photo's side.":
    "Wie breit eine Änderung sein muss, wenn nicht automatisch, in Prozent der Seite des Fotos.",
  "How much of the unevenness is taken out.": "Wie viel von der Ungleichmäßigkeit herausgenommen wird.",

  "Restore Faded Colours": "Verblasste Farben zurückholen",
  "Give a faded or yellowed print its depth and colours back.":
    "Gibt einem verblassten oder vergilbten Abzug Tiefe und Farben zurück.",
  "Fading lifts black, dulls white and pales colours. How far is measured inside the print; then black, white and colours are taken back as far. Where black itself has turned brown or blue the dyes of a colour print have faded at different rates, and each colour is treated by itself. A toned black-and-white print gets its depth back and keeps its tone, or becomes neutral if you choose so.":
    "Beim Verblassen wird Schwarz heller, Weiß trüber, und Farben werden blass. Wie weit, wird innerhalb des Abzugs gemessen; dann werden Schwarz, Weiß und Farben ebenso weit zurückgeholt. Wo Schwarz selbst braun oder blau geworden ist, sind die Farbstoffe eines Farbabzugs verschieden schnell verblasst, und jede Farbe wird für sich behandelt. Ein getonter Schwarz-Weiß-Abzug bekommt seine Tiefe zurück und behält seinen Ton, oder er wird neutral, wenn Sie das wählen.",
  "A sound photo is left as it is. A picture in mist, or of one colour throughout, may be taken for a faded one: then lower the strength. For more contrast still, add Levels or Local Contrast.":
    "Ein heiles Foto bleibt, wie es ist. Ein Bild im Nebel oder in einer einzigen Farbe wird vielleicht für verblasst gehalten: Verringern Sie dann die Stärke. Für noch mehr Kontrast fügen Sie „Tonwerte“ oder „Lokaler Kontrast“ hinzu.",
  "How much of the correction is made.": "Wie viel von der Korrektur gemacht wird.",

  Levels: "Tonwerte",
  "Set black, white and midtones, colours kept.": "Setzt Schwarz, Weiß und Mitteltöne; die Farben bleiben.",
  "Automatic looks at the inside of the print, without borders, and stretches its brightness from black to white. All colours keep their hue, and nothing is cut off: what lies beyond black and white is only pressed together. A photo of good contrast is left as it is.":
    "„Automatisch“ betrachtet das Innere des Abzugs ohne Ränder und streckt seine Helligkeit von Schwarz bis Weiß. Alle Farben behalten ihren Ton, und nichts wird abgeschnitten: Was jenseits von Schwarz und Weiß liegt, wird nur zusammengedrückt. Ein Foto mit gutem Kontrast bleibt, wie es ist.",
  "For a print whose colours have faded use Restore Faded Colours; it treats each colour by itself.":
    "Für einen Abzug, dessen Farben verblasst sind, nehmen Sie „Verblasste Farben zurückholen“; das behandelt jede Farbe für sich.",
  "Find black and white in the photo; off uses the two settings below.":
    "Findet Schwarz und Weiß im Foto; aus nimmt die beiden Einstellungen darunter.",
  "Percent of the pixels at either end that may become black or white.":
    "Prozent der Bildpunkte an beiden Enden, die schwarz oder weiß werden dürfen.",
  "What becomes black, when not automatic.": "Was schwarz wird, wenn nicht automatisch.",
  "What becomes white, when not automatic.": "Was weiß wird, wenn nicht automatisch.",
  "Above 1 lightens the midtones, below 1 darkens them.": "Über 1 hellt die Mitteltöne auf, unter 1 dunkelt sie ab.",

  "Negative to Positive": "Negativ zum Positiv",
  "Make a picture of a scanned negative.": "Macht aus einem gescannten Negativ ein Bild.",
  "The colour of the bare film, orange for colour negatives, is measured at its unexposed rim or where it is clearest, and taken out. What is left is turned round as an enlarger does it, by density and not by subtraction, so shadows and lights keep their steps.":
    "Die Farbe des leeren Films, bei Farbnegativen orange, wird an seinem unbelichteten Rand gemessen oder dort, wo er am klarsten ist, und herausgenommen. Was bleibt, wird umgekehrt wie beim Vergrößerungsapparat, nach Dichte und nicht durch Abziehen, sodass Schatten und Lichter ihre Stufen behalten.",
  "Leave a little of the film's rim in the scan: then its base is known for certain. Scan with 16 bits, because negatives are stretched. Repair dust and scratches afterwards: they are white then.":
    "Lassen Sie im Scan ein wenig vom Rand des Films stehen: Dann ist seine Farbe sicher bekannt. Scannen Sie mit 16 Bit, denn Negative werden gestreckt. Bessern Sie Staub und Kratzer danach aus: Dann sind sie weiß.",
  "The kind of film; black and white gives pure grey.": "Die Art des Films; schwarz-weiß gibt reines Grau.",
  "Above 1 is harder, below 1 softer, as with the grades of printing paper.":
    "Über 1 ist härter, unter 1 weicher, wie die Gradationen von Fotopapier.",
  "Above 0 prints the midtones lighter, below 0 darker.": "Über 0 werden die Mitteltöne heller, unter 0 dunkler.",
  "How far the colour of the light is evened out; lower keeps an evening's glow.":
    "Wie weit die Farbe des Lichts ausgeglichen wird; weniger behält die Glut eines Abends.",
  "Take black and white gently to the ends of the range afterwards.":
    "Bringt Schwarz und Weiß danach sanft an die Enden des Bereichs.",

  "White Balance": "Weißabgleich",
  "Take out a colour cast.": "Nimmt einen Farbstich heraus.",
  "The colour of the light is measured inside the print and divided out, so that grey becomes grey again. Temperature and tint come on top, or alone with the method manual. A toned black-and-white print is left alone unless you switch that off; without a cast nothing is changed.":
    "Die Farbe des Lichts wird innerhalb des Abzugs gemessen und herausgerechnet, sodass Grau wieder grau wird. Farbtemperatur und Tönung kommen dazu oder wirken beim Verfahren „von Hand“ allein. Ein getonter Schwarz-Weiß-Abzug bleibt in Ruhe, außer Sie schalten das ab; ohne Farbstich ändert sich nichts.",
  "A picture that is mostly of one colour, a lawn or a sunset, can be mistaken for a cast: careful then does little or nothing, the other methods take it out.":
    "Bei einem Bild, das großenteils eine Farbe hat, etwa bei Rasen oder Sonnenuntergang, wird sie vielleicht für einen Stich gehalten: „Vorsichtig“ tut dann wenig oder nichts, die anderen Verfahren nehmen sie heraus.",
  "How the light's colour is found; careful corrects only what several methods agree on.":
    "Wie die Farbe des Lichts gefunden wird; vorsichtig korrigiert nur, worin mehrere Verfahren übereinstimmen.",
  "How much of the measured cast is taken out.": "Wie viel vom gemessenen Farbstich herausgenommen wird.",
  "Leave sepia and other toned black-and-white prints as they are.":
    "Lässt Sepia und andere getonte Schwarz-Weiß-Abzüge, wie sie sind.",
};
