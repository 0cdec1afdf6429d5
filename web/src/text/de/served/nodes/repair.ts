/** What the nodes of "repair" say: title, summary, help by paragraphs, and what each setting does. */
export const repair: Readonly<Record<string, string>> = {
  "Find Scratches": "Kratzer finden",
  "Find scratches, cracks, dust, spots and stains.": "Findet Kratzer, Risse, Staub, Punkte und Flecken.",
  "Wire the map of Map Damage: then every setting here answers at once. Without a map this step makes one itself, which takes its time whenever something changes.":
    "Schließen Sie die Karte von „Schäden kartieren“ an: Dann antwortet hier jede Einstellung sofort. Ohne Karte macht dieser Schritt selbst eine, und das dauert jedes Mal, wenn sich etwas ändert.",
  "The threshold says how sure it must be. Then pieces are left out by their size, their shape, and whether they are lighter or darker than what is around them. Wire Find Faces to go easy on wrinkles, lashes and whiskers.":
    "Die Schwelle sagt, wie sicher es sein muss. Dann werden Stücke nach Größe, Form und danach ausgelassen, ob sie heller oder dunkler sind als ihre Umgebung. Schließen Sie „Gesichter finden“ an, um Falten, Wimpern und Barthaare zu schonen.",
  "Hair, wires, fences, lace and handwriting look much like scratches: look at the mask, and correct it with Paint Mask.":
    "Haare, Drähte, Zäune, Spitze und Handschrift sehen Kratzern sehr ähnlich: Sehen Sie die Maske an, und verbessern Sie sie mit „Maske malen“.",
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

  "Fill Damage": "Schäden füllen",
  "Fill scratches, spots and holes from their surroundings.": "Füllt Kratzer, Flecken und Löcher aus ihrer Umgebung.",
  "Wire the mask of Find Scratches, or one of your own: white is filled, black stays exactly as it is, and soft edges blend. Only within the margin, the rim of the damage is filled too: all of it around wide holes, and around narrow ones what looks like the damage beside it. With a margin of 0 nothing black is touched.":
    "Schließen Sie die Maske von „Kratzer finden“ an oder eine eigene: Weiß wird gefüllt, Schwarz bleibt genau, wie es ist, und weiche Ränder gehen über. Nur im eingestellten Rand um die Maske wird auch der Saum des Schadens gefüllt: um weite Löcher herum ganz, um schmale nur, was aussieht wie der Schaden daneben. Mit einem Rand von 0 wird nichts Schwarzes berührt.",
  "`texture` keeps the texture and grain of the photo, and carries walls, cloth and outlines on into wide holes and torn corners. `telea` and `navier-stokes` are quicker and smooth; they suit hairlines in calm areas. These three repeat what the photo shows elsewhere and invent nothing: half a face cannot be rebuilt this way.":
    "`Struktur` behält Struktur und Korn des Fotos und führt Wände, Stoff und Umrisse in weite Löcher und abgerissene Ecken fort. `telea` und `navier-stokes` sind schneller und glatt; sie passen zu haarfeinen Linien in ruhigen Flächen. Diese drei wiederholen, was das Foto anderswo zeigt, und erfinden nichts: Ein halbes Gesicht lässt sich so nicht ergänzen.",
  "Networks carry on lines and shapes: `lama` is the best for tears, stains and wide holes, `migan` is several times quicker and smaller. They need a download and take seconds for every piece of 512 × 512 pixels that holds damage. What they put into a large hole is invented, and softer than the photo: look whether it can be true.":
    "Netze führen Linien und Formen fort: `lama` ist das beste für Risse, Flecken und weite Löcher, `migan` ist mehrfach schneller und kleiner. Sie brauchen einen Download und Sekunden für jedes Stück von 512 × 512 Bildpunkten mit Schäden. Was sie in ein großes Loch setzen, ist erfunden und weicher als das Foto: Prüfen Sie, ob es stimmen kann.",
  "Texture copies pieces from around; telea and navier-stokes spread colours in; networks invent.":
    "Struktur kopiert Stücke aus der Umgebung; telea und navier-stokes lassen Farben hineinlaufen; Netze erfinden.",
  "How far around a pixel telea and navier-stokes look.":
    "Wie weit telea und navier-stokes um einen Bildpunkt herum schauen.",
  "How far beyond the mask the damage's rim is filled too, where there is one.":
    "Wie weit über die Maske hinaus auch der Rand des Schadens gefüllt wird, wo es einen gibt.",
  "How much of the photo's grain is put back on what a network fills smoothly.":
    "Wie viel vom Korn des Fotos auf das zurückkommt, was ein Netz glatt gefüllt hat.",

  "Fill Damage by Diffusion": "Schäden durch Diffusion füllen",
  "Fill large holes with what a diffusion model invents from your words and what is around.":
    "Füllt große Löcher mit dem, was ein Diffusionsmodell nach Ihren Worten und der Umgebung erfindet.",
  "It is for what Fill Damage cannot do: a torn-off corner, a burnt wall, a large stain. Scratches and specks are better and much quicker with Fill Damage. Name what belongs in the hole and what the photo is, not the damage: \"photograph, 1930s, wooden wall with a window\". (wooden wall:1.3) makes words count more.":
    "Das ist für alles, was „Schäden füllen“ nicht kann: eine abgerissene Ecke, eine verbrannte Wand, einen großen Fleck. Kratzer und Punkte gelingen mit „Schäden füllen“ besser und viel schneller. Nennen Sie, was in das Loch gehört und was für ein Foto es ist, nicht den Schaden: „photograph, 1930s, wooden wall with a window“. Mit (wooden wall:1.3) zählen Worte mehr.",
  "All it draws is invented. With a wall or a garden that does little harm. A face, a hand, a medal or writing will look real and be wrong: do not let it draw people who lived, and say with the photo what was filled.":
    "Alles, was es zeichnet, ist erfunden. Bei einer Wand oder einem Garten schadet das wenig. Ein Gesicht, eine Hand, ein Orden oder Schrift sehen echt aus und sind falsch: Lassen Sie keine Menschen zeichnen, die gelebt haben, und vermerken Sie beim Foto, was gefüllt wurde.",
  "Only the marked places and a soft edge around them change; black and white stays so, and sepia sepia. Holes wider than half a piece are drawn small first, and with \"closer\" again piece by piece. The second output shows all candidates with their seeds: set that seed and one candidate to have it again. For a second pass over the result of Fill Damage, wire that, start from the photo, and take a strength of about 0.5: shapes stay and get texture.":
    "Nur die markierten Stellen und ein weicher Rand um sie ändern sich; Schwarz-Weiß bleibt schwarz-weiß und Sepia Sepia. Löcher, die breiter sind als ein halbes Stück, werden zuerst klein gezeichnet und mit „Aus der Nähe“ noch einmal Stück für Stück. Der zweite Ausgang zeigt alle Entwürfe mit ihren Startzahlen: Stellen Sie eine davon und einen einzigen Entwurf ein, um ihn wieder zu bekommen. Um das Ergebnis von „Schäden füllen“ ein zweites Mal zu überarbeiten, schließen Sie es an, lassen Sie mit dem Foto beginnen, und nehmen Sie eine Stärke von etwa 0,5: Formen bleiben und bekommen Struktur.",
  "It needs the extra packages for diffusion (pip install -e \".[diffusion]\") and a download of 2 to 7 GB, mostly under an OpenRAIL licence: free to use, in business too, but not for harm. Every piece of 512 × 512 pixels with damage takes minutes on a laptop, seconds on a graphics card.":
    "Es braucht die Zusatzpakete für Diffusion (pip install -e \".[diffusion]\") und einen Download von 2 bis 7 GB, meist unter einer OpenRAIL-Lizenz: frei zu verwenden, auch gewerblich, aber nicht, um zu schaden. Jedes Stück von 512 × 512 Bildpunkten mit Schäden dauert auf einem Laptop Minuten, auf einer Grafikkarte Sekunden.",
  "What is to be seen, as a caption would say it, in English.":
    "Was zu sehen sein soll, wie eine Bildunterschrift es sagen würde, auf Englisch.",
  "Those made for filling fit in best; others do with strength 0.8.":
    "Modelle, die zum Füllen gemacht sind, fügen sich am besten ein; andere gehen mit einer Stärke von 0,8.",
  "1 invents freely; less keeps to what a hole begins with.":
    "1 erfindet frei; weniger hält sich an das, womit ein Loch beginnt.",
  "Another seed invents another picture; the same one repeats it.":
    "Eine andere Zahl erfindet ein anderes Bild; dieselbe wiederholt es.",
  "How many are made to choose from; each takes the next seed.":
    "Wie viele zur Auswahl entstehen; jeder nimmt die nächste Startzahl.",
  "Which of them is kept, by its number.": "Welcher davon bleibt, nach seiner Nummer.",
  "How far beyond the mask the fill fades into the photo.":
    "Wie weit über die Maske hinaus die Füllung in das Foto übergeht.",
  "How much of the photo's grain the fill gets.": "Wie viel vom Korn des Fotos die Füllung bekommt.",
  "Draw wide holes again from nearby: sharper, and several times slower.":
    "Zeichnet weite Löcher noch einmal aus der Nähe: schärfer und mehrfach langsamer.",
  "A hole begins with the colours around it, or with the photo.":
    "Ein Loch beginnt mit den Farben um es herum oder mit dem Foto.",

  "Map Damage": "Schäden kartieren",
  "Look for scratches, cracks, dust and stains, and map how likely each spot is damaged.":
    "Sucht nach Kratzern, Rissen, Staub und Flecken und hält fest, wie wahrscheinlich jede Stelle beschädigt ist.",
  "Wire the map to Find Scratches, which makes a mask of it. This step takes its time once and is remembered; the threshold and all else there can then be changed at once. Black is sound, white is surely damaged.":
    "Schließen Sie die Karte an „Kratzer finden“ an, das daraus eine Maske macht. Dieser Schritt braucht einmal seine Zeit und wird gemerkt; die Schwelle und alles andere dort lassen sich dann sofort ändern. Schwarz ist heil, Weiß ist sicher beschädigt.",
  "It works at the photo's own size, so that a hair-thin scratch on a large scan counts as well. Hair, wires, fences, lace and handwriting look much like scratches: look at the mask before you trust it, and correct it with Paint Mask. Where nobody looks, as with a folder of photos, switch Doubt on: much less of sound pictures is taken for damage, and on badly damaged prints more than half of the damage is missed that is found without.":
    "Es arbeitet in der Größe des Fotos, sodass auch ein haarfeiner Kratzer auf einem großen Scan zählt. Haare, Drähte, Zäune, Spitze und Handschrift sehen Kratzern sehr ähnlich: Sehen Sie die Maske an, bevor Sie ihr trauen, und verbessern Sie sie mit „Maske malen“. Wo niemand hinsieht, etwa bei einem Ordner voller Fotos, schalten Sie „Zweifel“ ein: Von heilen Bildern gilt dann viel weniger als Schaden, und bei stark beschädigten Abzügen bleibt mehr als die Hälfte der Schäden stehen, die ohne ihn gefunden werden.",
  "The network trained for this comes with Heirloom; classical looks for lines and specks without one.":
    "Das dafür trainierte Netz kommt mit Heirloom; klassisch sucht ohne Netz nach Linien und Punkten.",
  "Have the network look at half the size too, which fills wide creases and stains.":
    "Lässt das Netz auch in halber Größe schauen; das füllt breite Knicke und Flecken.",
  "Judge each find of the network once more as a whole: sound photos stay whole, faint damage stays.":
    "Beurteilt jeden Fund des Netzes noch einmal als Ganzes: Heile Fotos bleiben heil, schwache Schäden bleiben, wie sie sind.",
};
