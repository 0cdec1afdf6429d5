/** What the nodes of "background" say: title, summary, help by paragraphs, and what each setting does. */
export const background: Readonly<Record<string, string>> = {
  "Remove Colour Spill": "Farbsaum entfernen",
  "Give hair and soft edges the subject's own colours.":
    "Gibt Haaren und weichen Kanten die eigenen Farben des Motivs.",
  "Where the mask is neither black nor white, the photo shows subject and background mixed. Put before another background, such an edge has a bright or coloured rim. This step works out what colour the subject itself has there. Wire it between the mask and Replace Background, and wire the same mask to both.":
    "Wo die Maske weder schwarz noch weiß ist, zeigt das Foto Motiv und Hintergrund gemischt. Vor einem anderen Hintergrund hat ein solcher Rand einen hellen oder farbigen Saum. Dieser Schritt errechnet, welche Farbe das Motiv selbst dort hat. Schließen Sie ihn zwischen der Maske und „Hintergrund ersetzen“ an, und an beide dieselbe Maske.",
  "Only pixels of the soft edge change. Judge it on the new background: alone the edge looks frayed.":
    "Nur Bildpunkte des weichen Randes ändern sich. Beurteilen Sie ihn vor dem neuen Hintergrund: Allein sieht der Rand ausgefranst aus.",
  "0 keeps the photo, 1 takes all of the old background out of the edge.":
    "0 lässt das Foto, wie es ist; 1 nimmt den alten Hintergrund ganz aus dem Rand heraus.",

  "Background from Words": "Hintergrund aus Worten",
  "Put the person or thing of a photo before a background described in words.":
    "Stellt die Person oder Sache eines Fotos vor einen Hintergrund, der in Worten beschrieben ist.",
  "The mask says what stays: wire Find the Subject, better with Refine Mask Edge and Remove Colour Spill in between. What is wholly subject stays as it is to the last bit; along soft edges both are mixed as light. All of the background is invented, and it hides where the photo was taken: keep the original.":
    "Die Maske sagt, was bleibt: Schließen Sie „Motiv finden“ an, besser mit „Maskenrand verfeinern“ und „Farbsaum entfernen“ dazwischen. Was ganz zum Motiv gehört, bleibt bis aufs letzte Bit, wie es ist; an weichen Kanten werden beide als Licht gemischt. Der ganze Hintergrund ist erfunden und verbirgt, wo das Foto entstanden ist: Heben Sie das Original auf.",
  "Name a place and its light, and keep it plain: \"a garden wall with ivy, overcast\". The model draws without seeing the subject, at the size that it was trained on, and the result is enlarged: behind an old portrait that passes for a background out of focus. Wire both results and the same mask to Harmonise Background, which gives it the tones and the grain of the photo.":
    "Nennen Sie einen Ort und sein Licht, und bleiben Sie schlicht: „a garden wall with ivy, overcast“. Das Modell zeichnet, ohne das Motiv zu sehen, in der Größe, auf die es trainiert ist, und das Ergebnis wird vergrößert: Hinter einem alten Porträt geht das als unscharfer Hintergrund durch. Schließen Sie beide Ergebnisse und dieselbe Maske an „Hintergrund anpassen“ an, das ihm Töne und Korn des Fotos gibt.",
  "The background, in English; (words:1.3) in brackets count more, [words] less.":
    "Der Hintergrund, auf Englisch; (words:1.3) in Klammern zählen mehr, [words] weniger.",
  "The diffusion model; studio paints a plain backdrop and needs neither download nor words.":
    "Das Diffusionsmodell; „studio“ malt einen schlichten Hintergrund und braucht weder Download noch Worte.",
  "What is not to be seen in it.": "Was darin nicht zu sehen sein soll.",
  "Another seed draws another background of the same words.":
    "Eine andere Zahl zeichnet nach denselben Worten einen anderen Hintergrund.",

  "Harmonise Background": "Hintergrund anpassen",
  "Make a new background look as if it had been in the photo all along.":
    "Lässt einen neuen Hintergrund aussehen, als wäre er immer schon im Foto gewesen.",
  "Wire both results of Replace Background, and the same mask. Old prints are flat, soft and grainy, and have turned yellow or brown; a new picture is not. So it is measured what the subject looks like, and the background follows: its blacks and whites come within the subject's, colours get its cast, edges its softness, and surfaces its grain. A black-and-white or sepia photo gives its background its own tone.":
    "Schließen Sie beide Ergebnisse von „Hintergrund ersetzen“ an und dieselbe Maske. Alte Abzüge sind flau, weich und körnig und gelb oder braun geworden; ein neues Bild ist es nicht. Darum wird gemessen, wie das Motiv aussieht, und der Hintergrund folgt ihm: Sein Schwarz und sein Weiß kommen in den Bereich des Motivs, die Farben bekommen dessen Stich, die Kanten dessen Weichheit und die Flächen dessen Korn. Bei einem Foto in Schwarz-Weiß oder Sepia bekommt der Hintergrund denselben Ton.",
  "The subject stays as it is.": "Das Motiv bleibt, wie es ist.",
  "How far brightness and contrast of the background come to the subject's.":
    "Wie weit sich Helligkeit und Kontrast des Hintergrunds denen des Motivs nähern.",
  "How far its colour cast and the strength of its colours do.":
    "Wie weit sich sein Farbstich und die Stärke seiner Farben nähern.",
  "How far a background that is sharper than the subject is blurred.":
    "Wie weit ein Hintergrund, der schärfer ist als das Motiv, weichgezeichnet wird.",
  "How much of the subject's grain the background gets.": "Wie viel vom Korn des Motivs der Hintergrund bekommt.",
  "Another seed draws other grain.": "Eine andere Zahl zeichnet anderes Korn.",

  "Find the Subject": "Motiv finden",
  "Mark the person or thing a photo is about, with soft edges.":
    "Markiert die Person oder Sache, um die es im Foto geht, mit weichen Kanten.",
  "It looks for whatever stands out, so in a group it takes the group, and in a landscape there may be nothing. Switch Alpha Matting on for loose hair, fur and lace, or wire Refine Mask Edge. The larger models see more: u2netp is the quickest, birefnet-general-lite the most careful.":
    "Gesucht wird, was hervorsticht: In einer Gruppe ist es die Gruppe, und in einer Landschaft ist es vielleicht nichts. Schalten Sie für lose Haare, Pelz und Spitze „Haare herausarbeiten“ ein, oder schließen Sie „Maskenrand verfeinern“ an. Die größeren Modelle sehen mehr: u2netp ist das schnellste, birefnet-general-lite das sorgfältigste.",
  "Grabcut needs no download. Wire the result of Find Faces to it, and it cuts out whoever these faces belong to: good on portraits, less so on hats and whole figures. Without faces it takes what stands out near the middle. Look at the mask, and correct it with Paint Mask.":
    "Grabcut braucht keinen Download. Schließen Sie das Ergebnis von „Gesichter finden“ an, und es schneidet aus, wem diese Gesichter gehören: Bei Porträts gelingt das gut, bei Hüten und ganzen Gestalten weniger. Ohne Gesichter nimmt es, was nahe der Mitte hervorsticht. Sehen Sie die Maske an, und verbessern Sie sie mit „Maske malen“.",
  "The network that finds the subject; grabcut needs no download and wants to know where faces are.":
    "Das Netz, das das Motiv findet; grabcut braucht keinen Download und will wissen, wo Gesichter sind.",
  "How closely the edge of the mask follows the edges in the photo.":
    "Wie genau der Rand der Maske den Kanten im Foto folgt.",
  "Works out hair and other fine edges strand by strand; takes much longer.":
    "Arbeitet Haare und andere feine Kanten Strähne für Strähne heraus; dauert viel länger.",
  "Matting: surer than this is the subject for certain.": "Freistellen: Was sicherer ist, gehört gewiss zum Motiv.",
  "Matting: less sure than this is background for certain.":
    "Freistellen: Was unsicherer ist, gehört gewiss zum Hintergrund.",
  "Matting: how wide the uncertain edge is, in percent of the photo's longer side.":
    "Freistellen: wie breit der unsichere Rand ist, in Prozent der längeren Seite.",

  "Refine Mask Edge": "Maskenrand verfeinern",
  "Turn a rough mask into a fine one: hair, fur, lace, and the exact edge everywhere.":
    "Macht aus einer groben Maske eine feine: Haare, Pelz, Spitze und überall die genaue Kante.",
  "The mask says where subject and background certainly are; in between, on a band along its edge, each pixel is compared with both, and gets the share that the subject has of it. Widths are in percent of the photo's longer side. Make the band just wide enough to hold all that is uncertain: a needlessly wide one lets in what only looks like the subject. Wire faces too, and the band is wider around the hair.":
    "Die Maske sagt, wo gewiss Motiv und wo gewiss Hintergrund ist. Dazwischen, in einem Streifen entlang ihres Randes, wird jeder Bildpunkt mit beiden verglichen und bekommt den Anteil, den das Motiv an ihm hat. Breiten sind in Prozent der längeren Seite des Fotos. Machen Sie den Streifen gerade so breit, dass er alles Ungewisse enthält: Ein unnötig breiter lässt hinein, was dem Motiv nur ähnlich sieht. Schließen Sie auch Gesichter an, dann ist er um das Haar herum breiter.",
  "Follow it with Remove Colour Spill. Where subject and background have the same colour no method finds the edge.":
    "Danach folgt „Farbsaum entfernen“. Wo Motiv und Hintergrund dieselbe Farbe haben, findet kein Verfahren die Kante.",
  "Closed-form follows smooth edges; knn looks for like colours further away.":
    "Closed-form folgt glatten Kanten; knn sucht ähnliche Farben auch weiter weg.",
  "How far inside the mask its edge may be wrong.": "Wie weit innerhalb der Maske ihr Rand falsch sein kann.",
  "How far outside; more reaches loose strands and fringes.":
    "Wie weit außerhalb; mehr erreicht lose Strähnen und Fransen.",
  "How far hair stands out from a head, in widths of its face; needs Find Faces.":
    "Wie weit Haar vom Kopf absteht, in Breiten des Gesichts; braucht „Gesichter finden“.",

  "Replace Background": "Hintergrund ersetzen",
  "Put the person or thing of a photo before another background.":
    "Stellt die Person oder Sache eines Fotos vor einen anderen Hintergrund.",
  "The mask says what stays: wire Find the Subject, better with Refine Mask Edge and Remove Colour Spill in between. What is wholly subject stays as it is to the last bit; along soft edges both are mixed as light.":
    "Die Maske sagt, was bleibt: Schließen Sie „Motiv finden“ an, besser noch mit „Maskenrand verfeinern“ und „Farbsaum entfernen“ dazwischen. Was ganz zum Motiv gehört, bleibt bis ins Letzte, wie es ist; an weichen Kanten wird beides wie Licht gemischt.",
  "For a picture of your own, choose \"picture\", wire it, and move and scale it until it fits. Lengths are in percent. The background alone is given as well, for Throw a Shadow and for Harmonise Background, which gives it the tones and the grain of the photo: without that a sharp new picture behind an old face looks pasted.":
    "Für ein eigenes Bild wählen Sie „Bild“, schließen es an und verschieben und vergrößern es, bis es passt. Längen sind in Prozent. Auch der Hintergrund allein wird ausgegeben, für „Schatten werfen“ und für „Hintergrund anpassen“, das ihm Töne und Korn des Fotos gibt: Ohne das sieht ein scharfes neues Bild hinter einem alten Gesicht aufgeklebt aus.",
  "A painted studio backdrop, the wired picture, a colour, two, or the old one blurred.":
    "Ein gemalter Hintergrund wie im Atelier, das angeschlossene Bild, eine Farbe, zwei Farben oder der alte, weichgezeichnet.",
  "The colour; the first of a gradient; where light falls in a studio.":
    "Die Farbe; die erste eines Verlaufs; im Atelier die, wo Licht hinfällt.",
  "The end of a gradient; the dark corners of a studio.": "Das Ende eines Verlaufs; im Atelier die dunklen Ecken.",
  "Direction of a gradient; 0 runs from top to bottom.": "Die Richtung eines Verlaufs; 0 geht von oben nach unten.",
  "A picture fills the frame, is shown whole, or is stretched.":
    "Das Bild füllt den Rahmen, wird ganz gezeigt oder gedehnt.",
  "Moves a picture right, of the width.": "Schiebt ein Bild nach rechts, in Teilen der Breite.",
  "Moves a picture down, of the height.": "Schiebt ein Bild nach unten, in Teilen der Höhe.",
  "How large a picture is; at 1 it fits.": "Wie groß ein Bild ist; bei 1 passt es genau.",
  "How much the old background is blurred.": "Wie sehr der alte Hintergrund weichgezeichnet wird.",
  "A black-and-white or sepia photo gets a background of its own tone.":
    "Ein Foto in Schwarz-Weiß oder Sepia bekommt einen Hintergrund in seinem eigenen Ton.",
  "Another seed paints another studio backdrop.": "Eine andere Zahl malt einen anderen Hintergrund wie im Atelier.",

  "Throw a Shadow": "Schatten werfen",
  "Let the subject throw a soft shadow on its new background.":
    "Lässt das Motiv einen weichen Schatten auf seinen neuen Hintergrund werfen.",
  "Wire both results of Replace Background, and the same mask. Look where the light in the old photo comes from: the shadow falls to the other side. Lengths are in percent of the photo's longer side; a wall close behind the subject gets a short, sharp shadow, one further away a long, soft one.":
    "Schließen Sie beide Ergebnisse von „Hintergrund ersetzen“ an und dieselbe Maske. Schauen Sie, woher im alten Foto das Licht kommt: Der Schatten fällt zur anderen Seite. Längen sind in Prozent der längeren Seite des Fotos. Eine Wand dicht hinter dem Motiv bekommt einen kurzen, scharfen Schatten, eine weiter entfernte einen langen, weichen.",
  "The subject stays as it is. The background with its shadow is given as well, for Harmonise Background.":
    "Das Motiv bleibt, wie es ist. Auch der Hintergrund mit seinem Schatten wird ausgegeben, für „Hintergrund anpassen“.",
  "How dark the shadow is; 0 throws none.": "Wie dunkel der Schatten ist; 0 wirft keinen.",
  "How far to the right it falls.": "Wie weit er nach rechts fällt.",
  "How far down it falls.": "Wie weit er nach unten fällt.",
  "How soft its edge is.": "Wie weich sein Rand ist.",
};
