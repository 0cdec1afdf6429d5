/** What the nodes of "detail" say: title, summary, help by paragraphs, and what each setting does. */
export const detail: Readonly<Record<string, string>> = {
  Blur: "Weichzeichnen",
  "Soften the photo, or the masked part of it.": "Macht das Foto oder den maskierten Teil davon weicher.",
  "Calms a background or hides a coarse print screen. With a mask only what it marks is blurred, and soft mask edges blend. To remove grain and noise, the nodes of the noise family keep far more detail.":
    "Beruhigt einen Hintergrund oder verbirgt ein grobes Druckraster. Mit einer Maske wird nur weichgezeichnet, was sie markiert, und weiche Maskenränder gehen ineinander über. Um Korn und Rauschen zu entfernen, behalten die Knoten der Familie „Rauschen“ weit mehr Feinheiten.",
  "How far the blur spreads, in pixels of the photo.": "Wie weit die Weichzeichnung reicht, in Bildpunkten.",

  "Remove Blur": "Unschärfe entfernen",
  "Sharpen a photo that was shaken or moved, with a network.": "Schärft ein verwackeltes Foto mit einem Netz.",
  "It was trained on motion blur of hand-held cameras: a slightly shaken snapshot gains most. It does little for a lens out of focus, and takes film grain for something to keep or to smear: reduce noise first, and resize a large soft scan until single pixels differ from their neighbours. For a mere lack of crispness use Sharpen.":
    "Das Netz hat an verwackelten Aufnahmen aus der Hand gelernt: Ein leicht verwackelter Schnappschuss gewinnt am meisten. Bei einem falsch eingestellten Objektiv hilft es wenig, und Filmkorn hält es für etwas, das zu behalten oder zu verschmieren ist. Mindern Sie zuerst das Rauschen, und verkleinern Sie einen großen weichen Scan, bis sich einzelne Bildpunkte von ihren Nachbarn unterscheiden. Fehlt nur etwas Klarheit, nehmen Sie „Schärfen“.",
  "The photo is worked on in pieces that are blended into each other. Look at even areas such as sky: where pieces differ, a lower strength hides it.":
    "Das Foto wird in Stücken bearbeitet, die ineinander übergehen. Schauen Sie auf gleichmäßige Flächen wie den Himmel: Wo sich Stücke unterscheiden, verbirgt es eine geringere Stärke.",
  "The network that does it.": "Das Netz, das es tut.",
  "How much of its result is mixed in.": "Wie viel von seinem Ergebnis beigemischt wird.",

  Sharpen: "Schärfen",
  "Make soft edges crisper.": "Macht weiche Kanten klarer.",
  "An unsharp mask: what a blurred copy lacks is added once more. Only lightness is sharpened, so that no coloured rims appear. One to three pixels suit a soft scan; a radius of 30 or more with a small amount brings back local contrast. Too much leaves bright rims along dark edges. Remove grain first: what is sharpened is enlarged.":
    "Unscharf maskieren: Was einer weichgezeichneten Kopie fehlt, wird noch einmal hinzugefügt. Nur die Helligkeit wird geschärft, damit keine farbigen Säume entstehen. Ein bis drei Bildpunkte passen zu einem weichen Scan; ein Radius von 30 oder mehr mit geringer Stärke bringt den Kontrast im Kleinen zurück. Zu viel hinterlässt helle Säume an dunklen Kanten. Entfernen Sie zuerst das Korn: Was geschärft wird, wird verstärkt.",
  "How strongly; 0 changes nothing.": "Wie stark; 0 ändert nichts.",
  "How wide the blur is that is worked against, in pixels.":
    "Wie breit die Unschärfe ist, gegen die gearbeitet wird, in Bildpunkten.",
  "Differences fainter than this are left alone: grain stays as it is.":
    "Schwächere Unterschiede bleiben: Das Korn bleibt, wie es ist.",
  "Measure first: leave a sharp photo alone, and keep the threshold above the grain.":
    "Misst zuerst: lässt ein scharfes Foto in Ruhe und hält die Schwelle über dem Korn.",
};
