/** What the nodes of "faces" say: title, summary, help by paragraphs, and what each setting does. */
export const faces: Readonly<Record<string, string>> = {
  "Compare Faces": "Gesichter vergleichen",
  "Draw a box around each face, with how alike it is to the same face in another photo.":
    "Zeichnet um jedes Gesicht einen Rahmen und schreibt dazu, wie ähnlich es demselben Gesicht in einem anderen Foto ist.",
  "Wire the old photo first and the finished one to Other, with the faces found in the old one: each box in the finished photo says whether somebody still looks like themselves. 100 % is the same face, about 50 % a face halfway to another person. A face that only got sharper or cleaner stays above 70 %.":
    "Schließen Sie zuerst das alte Foto an, das fertige an „Anderes“, dazu die Gesichter, die im alten gefunden wurden. Jeder Rahmen im fertigen Foto sagt, ob jemand noch aussieht wie er selbst. 100 % ist dasselbe Gesicht, etwa 50 % ein Gesicht auf halbem Weg zu einem anderen Menschen. Ein Gesicht, das nur schärfer oder sauberer wurde, bleibt über 70 %.",
  "The picture is for looking only. It compares two versions of one photo, not people in different photos.":
    "Das Bild ist nur zum Ansehen. Verglichen werden zwei Fassungen eines Fotos, nicht Menschen auf verschiedenen Fotos.",
  "All, the largest, or some by their numbers from left to right.":
    "Alle, das größte oder einige nach ihren Nummern von links nach rechts.",
  "Faces less alike than this get a red box.": "Weniger ähnliche Gesichter bekommen einen roten Rahmen.",
  "Vectors know people better; structure needs no more packages.":
    "Vektoren kennen Menschen besser; Struktur braucht keine weiteren Pakete.",

  "Find Faces": "Gesichter finden",
  "Find where faces are, and in each the eyes, the nose and the mouth.":
    "Findet Gesichter und in jedem die Augen, die Nase und den Mund.",
  "Wire the result to Restore Faces. Faces are numbered from left to right. Nobody is recognised: it only finds places. Large scans are looked at in several sizes, so that both a portrait and the faces in a school photo are found.":
    "Schließen Sie das Ergebnis an „Gesichter wiederherstellen“ an. Gesichter werden von links nach rechts nummeriert. Niemand wird erkannt: Es werden nur Stellen gefunden. Große Scans werden in mehreren Größen angesehen, damit sowohl ein Porträt als auch die Gesichter eines Klassenfotos gefunden werden.",
  "If a face is missed, lower the confidence or choose RetinaFace. Faces that lie on their side are not found: turn the photo first. The cascade finds upright faces only, and guesses where eyes and mouth are.":
    "Fehlt ein Gesicht, senken Sie die Sicherheit, oder wählen Sie RetinaFace. Gesichter, die auf der Seite liegen, werden nicht gefunden: Drehen Sie zuerst das Foto. Cascade findet nur aufrechte Gesichter und errät, wo Augen und Mund sind.",
  "YuNet is small and good; RetinaFace finds more difficult faces; cascade needs no download.":
    "YuNet ist klein und gut; RetinaFace findet schwierigere Gesichter; cascade braucht keinen Download.",
  "How sure the detector must be: lower finds more faces, and more mistakes.":
    "Wie sicher der Finder sein muss: Niedriger findet mehr Gesichter und macht mehr Fehler.",
  "Narrower faces are left out; small ones take longer to look for.":
    "Schmalere Gesichter werden ausgelassen; nach kleinen zu suchen dauert länger.",
  "Only this many are kept, the largest ones.": "Nur so viele werden behalten, die größten.",

  "Mark Faces": "Gesichter markieren",
  "Mark faces with soft ellipses, as large as you like.":
    "Markiert Gesichter mit weichen Ellipsen, so groß Sie möchten.",
  "Wire the result of Find Faces. The mask protects faces or acts on them alone: sharpen them more, denoise them less, or keep a filter away from them with the mask turned round.":
    "Schließen Sie das Ergebnis von „Gesichter finden“ an. Die Maske schützt Gesichter oder wirkt nur auf sie: Schärfen Sie sie mehr, entrauschen Sie sie weniger, oder halten Sie mit umgekehrter Maske einen Filter von ihnen fern.",
  "How large the marks are: 1 is a face without hair and ears, 1.8 the whole head.":
    "Wie groß markiert wird: 1 ist ein Gesicht ohne Haare und Ohren, 1,8 der ganze Kopf.",

  "Restore Faces": "Gesichter wiederherstellen",
  "Rebuild blurred faces with a network and blend them back.":
    "Stellt unscharfe Gesichter mit einem Netz wieder her und fügt sie ein.",
  "Wire the result of Find Faces. It helps most when a face is 60 to 300 pixels wide. The network has learned from photos of today and guesses what the old one does not show: compare eyes, mouth and teeth with the original, and leave out faces that are good already. After enlarging wire the small photo to Original: faces are read from it, and go into the large one with all the detail they have, up to 512 pixels a side.":
    "Schließen Sie das Ergebnis von „Gesichter finden“ an. Am meisten hilft es, wenn ein Gesicht 60 bis 300 Bildpunkte breit ist. Das Netz hat an heutigen Fotos gelernt und errät, was das alte nicht zeigt: Vergleichen Sie Augen, Mund und Zähne mit dem Original, und lassen Sie Gesichter aus, die schon gut sind. Schließen Sie nach dem Vergrößern das kleine Foto an „Original“ an: Aus ihm werden die Gesichter gelesen, und in das große kommen sie mit allen Feinheiten, die sie haben, bis zu 512 Bildpunkte je Seite.",
  "Every new face is compared with the old one, and a percentage says how alike they are: 100 % is the same face, about 50 % a face halfway to another person. Below Likeness the strength is lowered for this face until it holds. Where the new face is somebody else's, the old one stays. Sharper is not less alike; what the old photo does not show at all, nobody can compare.":
    "Jedes neue Gesicht wird mit dem alten verglichen, und eine Prozentzahl sagt, wie ähnlich sie sich sind: 100 % ist dasselbe Gesicht, etwa 50 % ein Gesicht auf halbem Weg zu einem anderen Menschen. Unter der eingestellten Ähnlichkeit wird die Stärke für dieses Gesicht gesenkt, bis sie erreicht ist. Wo das neue Gesicht das eines anderen ist, bleibt das alte. Schärfer heißt nicht weniger ähnlich; was das alte Foto gar nicht zeigt, kann niemand vergleichen.",
  "Light, colour and grain follow the photo, and a black-and-white one stays so.":
    "Licht, Farbe und Korn folgen dem Foto, und ein schwarz-weißes bleibt es.",
  "The network that rebuilds the faces; each has its own look and licence.":
    "Das Netz, das die Gesichter wiederherstellt; jedes hat sein eigenes Aussehen und seine eigene Lizenz.",
  "0 keeps the photo, 1 trusts the network.": "0 lässt das Foto, wie es ist; 1 vertraut dem Netz.",
  "CodeFormer only: from the cleanest to the most alike.": "Nur CodeFormer: vom saubersten zum ähnlichsten.",
  "How alike a face must stay, or its strength is lowered; 0 switches this off.":
    "Wie ähnlich ein Gesicht bleiben muss, sonst wird seine Stärke gesenkt; 0 schaltet das ab.",
  "Narrower faces stay as they are: the network would invent them.":
    "Schmalere Gesichter bleiben, wie sie sind: Das Netz würde sie erfinden.",
  "How far light and colour of the face are brought back to the photo's.":
    "Wie weit Licht und Farbe des Gesichts zu denen des Fotos zurückgebracht werden.",
  "How much of the photo's grain the new face gets back.":
    "Wie viel vom Korn des Fotos das neue Gesicht zurückbekommt.",
  "How a face is cut out: the ellipse needs no download; parsenet follows its outline and hair.":
    "Wie ein Gesicht ausgeschnitten wird: Die Ellipse braucht keinen Download; parsenet folgt Umriss und Haaren.",
  "How that is measured: vectors know people better; structure needs no more packages.":
    "Wie das gemessen wird: Vektoren kennen Menschen besser; Struktur braucht keine weiteren Pakete.",
  "Another seed draws other grain and skin texture.": "Eine andere Zahl zeichnet anderes Korn und andere Haut.",
};
