/** What the nodes of "colour" say: title, summary, help by paragraphs, and what each setting does. */
export const colour: Readonly<Record<string, string>> = {
  "Even Out Colour": "Farben ausgleichen",
  "Smooth patchy colour and draw colour that has run over an outline back; brightness stays sharp.":
    "Glättet fleckige Farben und holt Farben zurück, die über einen Umriss gelaufen sind; die Helligkeit bleibt scharf.",
  "For photos that a network has coloured, for colour noise of old film and of scanners, and for stains that have a colour but no darkness. Where colours are not patchy, only those beside outlines change. With a mask only what it marks is changed: paint over a cheek or a coat that came out in patches. Among patches, very fine coloured detail, such as a flowered dress, gets paler; then lower Blur or use a mask.":
    "Für Fotos, die ein Netz koloriert hat, für Farbrauschen alter Filme und Scanner und für Flecken, die eine Farbe haben, aber nicht dunkel sind. Wo die Farben nicht fleckig sind, ändern sich nur die neben Umrissen. Mit einer Maske ändert sich nur, was sie markiert: Malen Sie über eine Wange oder einen Mantel, der fleckig geraten ist. Zwischen Flecken werden sehr feine farbige Einzelheiten wie ein geblümtes Kleid blasser; dann verringern Sie „Weichzeichnen“ oder nehmen eine Maske.",
  "How far colours are evened out, in percent of the photo's longer side.":
    "Wie weit Farben ausgeglichen werden, in Prozent der längeren Seite.",
  "1 stops colours at every outline; 0 lets them run over, as a plain blur does.":
    "1 hält Farben an jedem Umriss auf; 0 lässt sie darüber laufen wie beim einfachen Weichzeichnen.",
  "How firmly small spots of colour that nothing explains are taken out.":
    "Wie streng kleine Farbflecken entfernt werden, die nichts erklärt.",
  "0 keeps the colours, 1 takes the even ones.": "0 behält die Farben, 1 nimmt die ausgeglichenen.",
  "How softly the effect fades at the edge of the mask.": "Wie weich die Wirkung am Rand der Maske ausläuft.",

  "Colour a Black-and-White Photo": "Schwarz-Weiß-Foto kolorieren",
  "Give a black-and-white photo natural colours, all over or where a mask says.":
    "Gibt einem Schwarz-Weiß-Foto natürliche Farben, überall oder wo eine Maske es sagt.",
  "The colours are guesses: grass and skin come out well, the colour of a dress or a wall nobody can know. Only colour is added: the photo keeps its brightness, its sharpness and its grain at full size.":
    "Die Farben sind geraten: Gras und Haut gelingen gut, die Farbe eines Kleides oder einer Wand kann niemand wissen. Nur Farbe kommt hinzu: Das Foto behält seine Helligkeit, seine Schärfe und sein Korn in voller Größe.",
  "Repair scratches and even out fading first, because they mislead the guess. If colours run over an outline, lower Blur; if they are patchy, raise it. A photo in colour or in sepia is coloured anew from its brightness; with Keep Colours one in colour stays as it is.":
    "Bessern Sie zuerst Kratzer und Verblasstes aus, denn sie führen das Netz in die Irre. Laufen Farben über einen Umriss, verringern Sie „Weichzeichnen“; sind sie fleckig, erhöhen Sie es. Ein Foto in Farbe oder Sepia wird aus seiner Helligkeit neu koloriert; mit „Farben behalten“ bleibt eines in Farbe, wie es ist.",
  "The network that guesses the colours.": "Das Netz, das die Farben errät.",
  "0 keeps the photo, 1 takes the new colours fully.": "0 lässt das Foto, wie es ist; 1 nimmt die neuen Farben ganz.",
  "How vivid the new colours are; 1 is as guessed.": "Wie kräftig die neuen Farben sind; 1 ist wie geraten.",
  "How firmly colours stop at the edges in the photo.": "Wie streng Farben an den Kanten im Foto aufhören.",
  "How softly the colours fade at the edge of the mask.": "Wie weich die Farben am Rand der Maske auslaufen.",
  "Leaves a photo alone that has colours of its own; sepia is none.":
    "Lässt ein Foto in Ruhe, das eigene Farben hat; Sepia zählt nicht dazu.",
  "The side of the picture the network sees; smaller is bolder, larger is finer and slower.":
    "Die Seite des Bildes, das das Netz sieht; kleiner ist kühner, größer feiner und langsamer.",

  "Correct Colours": "Farben korrigieren",
  "Take out a colour cast, and make colours livelier or calmer. Brightness stays as it is.":
    "Nimmt einen Farbstich heraus und macht Farben lebhafter oder ruhiger. Die Helligkeit bleibt, wie sie ist.",
  "A cast is often not the same all over: with Cast, shadows turned blue and lights yellow are corrected each by themselves. Black-and-white photos, toned prints and photos that have true greys have no cast. Look at the result: a photo that is of one colour by nature, such as a lawn or a sunset, is easily taken for one with a cast. White Balance is more careful.":
    "Ein Farbstich ist oft nicht überall derselbe: „Farbstich“ korrigiert blau gewordene Schatten und gelbe Lichter jeweils für sich. Schwarz-Weiß-Fotos, getonte Abzüge und Fotos mit echtem Grau haben keinen Stich. Sehen Sie das Ergebnis an: Ein Foto, das von Natur aus eine Farbe hat, wie eine Wiese oder ein Sonnenuntergang, wird leicht für eines mit Farbstich gehalten. Der Weißabgleich ist vorsichtiger.",
  "Vibrance makes pale colours livelier and keeps skin from turning orange; saturation acts on all colours alike.":
    "„Lebendigkeit“ macht blasse Farben lebhafter und hält Haut davon ab, orange zu werden; die Sättigung wirkt auf alle Farben gleich.",
  "How much of a colour cast is taken out, in shadows, midtones and lights separately.":
    "Wie viel von einem Farbstich herausgenommen wird, in Schatten, Mitteltönen und Lichtern jeweils für sich.",
  "Below 0 makes it bluer, above 0 warmer.": "Unter 0 wird es blauer, über 0 wärmer.",
  "Below 0 makes it greener, above 0 pinker.": "Unter 0 wird es grüner, über 0 rosiger.",
  "How vivid all colours are; 0 is grey.": "Wie kräftig alle Farben sind; 0 ist grau.",
  "Makes pale colours livelier, or paler below 0; strong ones change little.":
    "Macht blasse Farben lebhafter, unter 0 blasser; kräftige ändern sich wenig.",
  "How much the colours of skin are kept from vibrance.":
    "Wie sehr die Farben der Haut von der Lebendigkeit verschont bleiben.",

  "Colour by Strokes": "Mit Strichen kolorieren",
  "Paint a few strokes of colour; each spreads over the thing it lies on.":
    "Malen Sie ein paar farbige Striche; jeder breitet sich über die Sache aus, auf der er liegt.",
  "Put one short stroke on each thing: skin, hair, dress, wall, sky. The colour flows as far as the brightness stays alike and stops at outlines. Where it runs too far, add a stroke of the right colour on the other side; a grey stroke protects what it marks. Only colour is added: the photo keeps its brightness and its sharpness.":
    "Setzen Sie auf jede Sache einen kurzen Strich: Haut, Haar, Kleid, Wand, Himmel. Die Farbe fließt, so weit die Helligkeit ähnlich bleibt, und hält an Umrissen an. Wo sie zu weit läuft, setzen Sie auf die andere Seite einen Strich in der richtigen Farbe; ein grauer Strich schützt, was er markiert. Nur Farbe kommt hinzu: Das Foto behält seine Helligkeit und seine Schärfe.",
  "A black-and-white photo is coloured all over. A photo in colour keeps its own colours where no stroke reaches, so that a single dress or a stain can be recoloured.":
    "Ein Schwarz-Weiß-Foto wird überall koloriert. Ein Farbfoto behält seine eigenen Farben, wo kein Strich hinreicht, sodass ein einzelnes Kleid oder ein Fleck umgefärbt werden kann.",
  "A few strokes in the colours that things had; grey protects what it marks.":
    "Ein paar Striche in den Farben, die die Dinge hatten; Grau schützt, was es markiert.",
  "How vivid the new colours are; 1 is as painted.": "Wie kräftig die neuen Farben sind; 1 ist wie gemalt.",
  "A photo in colour keeps its own colours where no stroke reaches; off, the strokes colour it all.":
    "Ein Farbfoto behält seine eigenen Farben, wo kein Strich hinreicht; aus: Die Striche färben alles.",
  "How far a stroke reaches if own colours are kept, in percent of the photo.":
    "Wie weit ein Strich reicht, wenn eigene Farben bleiben, in Prozent des Fotos.",

  "Match Colours": "Farben angleichen",
  "Give a photo the colours of a reference photo, so that both look like one series.":
    "Gibt einem Foto die Farben einer Vorlage, sodass beide wie aus einer Reihe aussehen.",
  "For photos of one album or one day that have faded differently, or to bring a colourised photo nearer to one in real colours. The photos need not show the same, but something alike: two portraits, two landscapes. A toned or black-and-white reference gives its tone.":
    "Für Fotos aus einem Album oder von einem Tag, die verschieden verblasst sind, oder um ein koloriertes Foto einem in echten Farben näherzubringen. Die Fotos brauchen nicht dasselbe zu zeigen, aber etwas Ähnliches: zwei Porträts, zwei Landschaften. Eine getonte oder schwarz-weiße Vorlage gibt ihren Ton.",
  "0 keeps the photo, 1 matches it fully.": "0 lässt das Foto, wie es ist; 1 gleicht es ganz an.",
  "Take over only the colours; off, brightness and contrast are matched too.":
    "Übernimmt nur die Farben; aus: Auch Helligkeit und Kontrast werden angeglichen.",

  "Tone Print": "Abzug tonen",
  "Give a photo the tone of an old print: sepia, selenium, cyanotype, gold or a colour of your own.":
    "Gibt einem Foto den Ton eines alten Abzugs: Sepia, Selen, Cyanotypie, Gold oder eine eigene Farbe.",
  "Colours that are there are taken out first, and brightness stays as it is. As on paper, a tone does not lie evenly: sepia colours the lights more than the deepest shadows, selenium only the shadows, and white stays nearly white.":
    "Vorhandene Farben werden zuerst herausgenommen, und die Helligkeit bleibt, wie sie ist. Wie auf Papier liegt ein Ton nicht gleichmäßig: Sepia färbt die Lichter mehr als die tiefsten Schatten, Selen nur die Schatten, und Weiß bleibt beinahe weiß.",
  "Sepia is warm in the lights, selenium plum in the shadows, split both; cyanotype is blue, gold cool.":
    "Sepia ist in den Lichtern warm, Selen in den Schatten pflaumenfarben, geteilt beides; Cyanotypie ist blau, Gold kühl.",
  "Own colour: that of the middle tones.": "Eigene Farbe: die der Mitteltöne.",
  "How deep the tone is; 0 is a neutral grey.": "Wie tief der Ton ist; 0 ist ein neutrales Grau.",
  "0 keeps the photo's own colours, 1 only the tone.": "0 behält die eigenen Farben des Fotos, 1 nur den Ton.",

  "Make Black-and-White": "Schwarz-Weiß machen",
  "Make a photo grey, with a choice of how bright each colour becomes.":
    "Macht ein Foto grau, mit der Wahl, wie hell jede Farbe wird.",
  "Helps with stains on black-and-white prints: a stain is weakest in light of its own colour. The red filter weakens red, brown and yellow stains, the green one green stains, the blue one blue ink. For a faded yellow print or pencil it is the other way round: the blue filter shows it strongest.":
    "Hilft bei Flecken auf Schwarz-Weiß-Abzügen: Ein Fleck ist im Licht seiner eigenen Farbe am schwächsten. Der Rotfilter schwächt rote, braune und gelbe Flecken, der grüne grüne Flecken, der blaue blaue Tinte. Bei einem verblassten gelben Abzug oder bei Bleistift ist es umgekehrt: Der Blaufilter zeigt sie am stärksten.",
  "Own mix takes the shares of red, green and blue that you set; they are brought to a sum of 1, so that grey and white stay as they are.":
    "„Eigene Mischung“ nimmt die Anteile von Rot, Grün und Blau, die Sie einstellen; sie werden auf die Summe 1 gebracht, sodass Grau und Weiß bleiben, wie sie sind.",
  "What is seen of each colour: luminance as the eye, a filter lightens its own colour and darkens the opposite one, orthochromatic as the plates and films of before 1920.":
    "Was von jeder Farbe zu sehen ist: Helligkeit wie das Auge; ein Filter hellt seine eigene Farbe auf und dunkelt die Gegenfarbe ab; orthochromatisch wie die Platten und Filme vor 1920.",
  "Own mix: how much of red counts.": "Eigene Mischung: wie viel Rot zählt.",
  "Own mix: how much of green counts.": "Eigene Mischung: wie viel Grün zählt.",
  "Own mix: how much of blue counts.": "Eigene Mischung: wie viel Blau zählt.",
  "0 keeps the photo, 1 leaves no colour.": "0 lässt das Foto, wie es ist; 1 lässt keine Farbe.",
};
