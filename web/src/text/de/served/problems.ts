/** What goes wrong most often, and what to do: the messages that hold nothing of the moment. */
export const problems: Readonly<Record<string, string>> = {
  "The server does not answer.": "Der Server antwortet nicht.",
  "The file is too large.": "Die Datei ist zu groß.",
  "The file cannot be stored.": "Die Datei lässt sich nicht speichern.",
  "The file is in use.": "Die Datei wird gerade verwendet.",
  "Try again.": "Versuchen Sie es noch einmal.",
  "Try again in a moment.": "Versuchen Sie es gleich noch einmal.",
  "There is no such photo.": "Dieses Foto gibt es nicht.",
  "There is no such run.": "Diesen Lauf gibt es nicht.",
  "It was never uploaded, or was deleted.": "Es wurde nie hochgeladen oder ist gelöscht.",
  "The file is gone.": "Die Datei ist nicht mehr da.",
  "Copy or scan it again, or take it from a backup.":
    "Kopieren oder scannen Sie es noch einmal, oder nehmen Sie es aus einer Sicherung.",
  "Use one of PNG, JPEG, TIFF, WebP, BMP, HEIC and JPEG 2000.":
    "Verwenden Sie PNG, JPEG, TIFF, WebP, BMP, HEIC oder JPEG 2000.",
};
