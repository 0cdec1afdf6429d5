/** What the nodes of "generate" say: title, summary, help by paragraphs, and what each setting does. */
export const generate: Readonly<Record<string, string>> = {
  "Clip Skip": "Clip Skip",
  "Read the words of a prompt less literally.": "Liest die Worte einer Beschreibung weniger wörtlich.",
  "The text encoder reads a prompt in twelve layers, each deeper than the one before. Some models were trained on what the last but one understands, and their makers say \"clip skip 2\". Set what yours asks for, and leave this step out otherwise: further up little is left of the words. Stable Diffusion 2 and XL stop at the last but one by themselves. Wire it to the add-ons of a step that draws.":
    "Der Textleser liest eine Beschreibung in zwölf Schichten, jede tiefer als die vorige. Manche Modelle sind auf das trainiert, was die vorletzte versteht; ihre Urheber schreiben dann „Clip Skip 2“. Stellen Sie ein, was Ihr Modell verlangt, und lassen Sie diesen Schritt sonst weg: Weiter oben bleibt von den Worten wenig übrig. Stable Diffusion 2 und XL hören von selbst bei der vorletzten auf. Schließen Sie ihn an die Zusätze eines Schrittes an, der zeichnet.",
  "1 reads the words to the end, 2 stops one layer before it, and so on.":
    "1 liest die Worte bis zum Ende, 2 hört eine Schicht davor auf, und so weiter.",

  "Follow Lines (ControlNet)": "Linien folgen (ControlNet)",
  "Make a diffusion model draw along the lines of a picture.":
    "Lässt ein Diffusionsmodell entlang der Linien eines Bildes zeichnen.",
  "For a fill, wire the photo: what is drawn follows edges that run through the damage. It helps with tears across a dress or a window frame, and not where the edges in the hole are those of the damage itself: there wire the result of Fill Damage instead, or draw the lines yourself, white on black, and choose \"picture\".":
    "Schließen Sie zum Füllen das Foto an: Was gezeichnet wird, folgt Kanten, die durch den Schaden laufen. Das hilft bei Rissen durch ein Kleid oder einen Fensterrahmen, und nicht, wo die Kanten im Loch die des Schadens selbst sind: Schließen Sie dort das Ergebnis von „Schäden füllen“ an, oder zeichnen Sie die Linien selbst, weiß auf schwarz, und wählen Sie „Bild“.",
  "A ControlNet that was trained on filling (\"inpaint\" is in its name) looks at what surrounds the hole instead. The lines are given as a picture as well: look whether they are those you want.":
    "Ein ControlNet, das auf das Füllen trainiert wurde („inpaint“ steht in seinem Namen), sieht stattdessen, was das Loch umgibt. Die Linien gibt es auch als Bild: Sehen Sie nach, ob es die sind, die Sie wollen.",
  "The ControlNet; it has to be made for the model's family.":
    "Das ControlNet; es muss für die Familie des Modells gemacht sein.",
  "The edges of a photo, or a picture of lines as it is.":
    "Die Kanten eines Fotos, oder ein Bild aus Linien, wie es ist.",
  "How firmly the lines are followed; 0 leaves them out.":
    "Wie fest den Linien gefolgt wird; 0 lässt sie weg.",
  "For which share of the steps; less leaves fine detail free.":
    "Für welchen Teil der Schritte; weniger lässt Feinheiten frei.",

  "Add a LoRA": "LoRA hinzufügen",
  "Bend a diffusion model towards a style or a subject with a small file.":
    "Biegt ein Diffusionsmodell mit einer kleinen Datei zu einem Stil oder einem Gegenstand hin.",
  "A LoRA has learned one thing: the look of studio portraits, hand-tinted prints, a kind of dress. Wire it to the add-ons of a step that draws, such as Background from Words or Fill Damage by Diffusion. Several may follow one another; wire the first to the add-ons of the second.":
    "Ein LoRA hat eines gelernt: wie Atelierporträts aussehen, von Hand kolorierte Abzüge, eine Art von Kleid. Schließen Sie es an die Zusätze eines Schrittes an, der zeichnet, wie „Hintergrund aus Worten“ oder „Schäden durch Diffusion füllen“. Mehrere können aufeinander folgen; schließen Sie das erste an die Zusätze des zweiten an.",
  "LoRA files come as .safetensors: put yours into the weights folder, and it can be chosen here. One for Stable Diffusion 1.5 fits no other family. Some need a word of their own in the prompt, which their maker tells.":
    "LoRA-Dateien haben die Endung .safetensors: Legen Sie Ihre in den Ordner weights, dann lässt sie sich hier wählen. Eine für Stable Diffusion 1.5 passt zu keiner anderen Familie. Manche brauchen ein eigenes Wort in der Beschreibung, das ihr Urheber nennt.",
  "The LoRA file; it has to be made for the model's family.":
    "Die LoRA-Datei; sie muss für die Familie des Modells gemacht sein.",
  "1 is what its maker meant, 0 leaves it out, below 0 leads away from what it shows.":
    "1 ist, was ihr Urheber meinte; 0 lässt sie weg; unter 0 führt sie von dem fort, was sie zeigt.",

  "Picture from Words": "Bild aus Worten",
  "Draw a picture that never was from a description in words.":
    "Zeichnet nach einer Beschreibung in Worten ein Bild, das es nie gab.",
  "This restores nothing: all of it is invented. It is for backdrops, textures and props, which are then put behind or into a photo, and must not pass for a part of it. To put a subject before a new background, Background from Words takes fewer steps.":
    "Das stellt nichts wieder her: Alles daran ist erfunden. Es ist für Hintergründe, Strukturen und Requisiten, die danach hinter oder in ein Foto gesetzt werden und nicht als Teil davon gelten dürfen. Um ein Motiv vor einen neuen Hintergrund zu stellen, braucht „Hintergrund aus Worten“ weniger Schritte.",
  "Stay near the size that the model was trained on, 512 pixels for Stable Diffusion 1.5 and 1024 for XL: much smaller pictures fall apart, much larger ones repeat themselves. Draw at that size and enlarge. The same words and seed give the same picture on the same computer.":
    "Bleiben Sie nahe der Größe, auf die das Modell trainiert ist, 512 Bildpunkte bei Stable Diffusion 1.5 und 1024 bei XL: Viel kleinere Bilder zerfallen, viel größere wiederholen sich. Zeichnen Sie in dieser Größe, und vergrößern Sie danach. Dieselben Worte und dieselbe Startzahl geben auf demselben Rechner dasselbe Bild.",
  "What is to be seen, in English; (words:1.3) in brackets count more, [words] less.":
    "Was zu sehen sein soll, auf Englisch; (words:1.3) in Klammern zählen mehr, [words] weniger.",
  "What is not to be seen.": "Was nicht zu sehen sein soll.",
  "Pixels across.": "Bildpunkte in der Breite.",
  "Pixels down.": "Bildpunkte in der Höhe.",
  "The diffusion model; checkpoints of your own can be chosen too.":
    "Das Diffusionsmodell; auch eigene Checkpoints lassen sich wählen.",
  "How often noise is taken away; more takes longer, and beyond 30 changes little.":
    "Wie oft Rauschen weggenommen wird; mehr dauert länger und ändert ab 30 wenig.",
  "How closely the words are followed; too much makes harsh colours.":
    "Wie genau den Worten gefolgt wird; zu viel macht grelle Farben.",
  "The way in which noise becomes a picture.": "Auf welche Weise aus Rauschen ein Bild wird.",
  "Another seed draws another picture of the same words.":
    "Eine andere Zahl zeichnet nach denselben Worten ein anderes Bild.",

  "Choose a VAE": "VAE wählen",
  "Give a diffusion model another last stage, for finer small things or truer colours.":
    "Gibt einem Diffusionsmodell eine andere letzte Stufe, für feinere Kleinigkeiten oder treuere Farben.",
  "The VAE turns what the model has worked out into pixels. The one that comes with a model is good enough for most pictures. Another one helps where faces and letters come out frayed, or colours pale. Wire it to the add-ons of a step that draws. Of several in a row the last one counts.":
    "Das VAE macht aus dem, was das Modell ausgearbeitet hat, Bildpunkte. Das mitgelieferte ist für die meisten Bilder gut genug. Ein anderes hilft, wo Gesichter und Buchstaben ausgefranst oder Farben blass werden. Schließen Sie es an die Zusätze eines Schrittes an, der zeichnet. Von mehreren hintereinander zählt das letzte.",
  "The VAE; those for Stable Diffusion 1 and 2 fit both, XL has its own.":
    "Das VAE; die für Stable Diffusion 1 und 2 passen zu beiden, XL hat sein eigenes.",
};
