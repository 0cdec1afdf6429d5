/** Nodes: their titles, and what they do in a line. */
export const nodes: Readonly<Record<string, string>> = {
  "Find the Subject": "Motiv finden",
  "Mark the person or thing a photo is about, with soft edges.":
    "Markiert die Person oder Sache, um die es im Foto geht, mit weichen Kanten.",
  "Colour a Black-and-White Photo": "Schwarz-Weiß-Foto kolorieren",
  "Give a black-and-white photo natural colours, all over or where a mask says.":
    "Gibt einem Schwarz-Weiß-Foto natürliche Farben, überall oder wo eine Maske es sagt.",
  Difference: "Unterschied",
  "Show where two photos differ, and by how much.": "Zeigt, wo sich zwei Fotos unterscheiden, und wie sehr.",
  "Side by Side": "Nebeneinander",
  "Put two photos into one picture to compare them.": "Stellt zwei Fotos zum Vergleichen in ein Bild.",
  "Make Look Old": "Alt aussehen lassen",
  "Make a sound photo look old, and mark what was damaged.":
    "Lässt ein heiles Foto alt aussehen und markiert, was beschädigt wurde.",
  Blur: "Weichzeichnen",
  "Soften the photo, or the masked part of it.": "Macht das Foto oder den maskierten Teil davon weicher.",
  "Remove Blur": "Unschärfe entfernen",
  "Sharpen a photo that was shaken or moved, with a network.":
    "Schärft ein verwackeltes Foto mit einem Netz.",
  Sharpen: "Schärfen",
  "Make soft edges crisper.": "Macht weiche Kanten klarer.",
  "Find Faces": "Gesichter finden",
  "Find where faces are, and in each the eyes, the nose and the mouth.":
    "Findet Gesichter und in jedem die Augen, die Nase und den Mund.",
  "Mark Faces": "Gesichter markieren",
  "Mark faces with soft ellipses, as large as you like.":
    "Markiert Gesichter mit weichen Ellipsen, so groß Sie möchten.",
  "Restore Faces": "Gesichter wiederherstellen",
  "Rebuild blurred faces with a network and blend them back.":
    "Stellt unscharfe Gesichter mit einem Netz wieder her und fügt sie ein.",
  "Load Photo": "Foto laden",
  "Open a photo from disk.": "Öffnet ein Foto von der Festplatte.",
  "Save Photo": "Foto speichern",
  "Write the photo to the results folder.": "Schreibt das Foto in den Ordner der Ergebnisse.",
  Blend: "Überblenden",
  "Lay one photo over another, like layers in an image editor.":
    "Legt ein Foto über ein anderes, wie Ebenen in einer Bildbearbeitung.",
  "Combine Masks": "Masken verbinden",
  "Add a mask to another one, take it away, or keep what both share.":
    "Fügt eine Maske zu einer anderen hinzu, zieht sie ab oder behält, was beide gemeinsam haben.",
  "Feather Mask": "Maske weich auslaufen lassen",
  "Let the marked areas fade out at their edges.": "Lässt markierte Flächen an den Rändern weich auslaufen.",
  "Grow Mask": "Maske vergrößern",
  "Make the marked areas larger or smaller.": "Macht die markierten Flächen größer oder kleiner.",
  "Load Mask": "Maske laden",
  "Open a mask that was made in a picture editor.":
    "Öffnet eine Maske, die in einer Bildbearbeitung gemacht wurde.",
  "Show Mask on Photo": "Maske auf dem Foto zeigen",
  "Lay the mask over the photo in colour, to judge it.":
    "Legt die Maske farbig über das Foto, um sie zu beurteilen.",
  "Paint Mask": "Maske malen",
  "Mark by hand what shall be worked on, or correct a mask that was found.":
    "Markieren Sie von Hand, was bearbeitet werden soll, oder verbessern Sie eine gefundene Maske.",
  "Save Mask": "Maske speichern",
  "Write the mask to the results folder, as a grey picture: white is marked.":
    "Schreibt die Maske als graues Bild in den Ordner der Ergebnisse: Weiß ist markiert.",
  "Threshold Mask": "Maske abgrenzen",
  "Decide what is marked and what is not, and tidy up.":
    "Entscheidet, was markiert ist und was nicht, und räumt auf.",
  "Trace Scratch": "Kratzer nachfahren",
  "Follow a faint scratch from a click, or from point to point.":
    "Folgt einem schwachen Kratzer von einem Klick aus oder von Punkt zu Punkt.",
  "Reduce Noise": "Rauschen mindern",
  "Take out grain and speckles, keep edges.": "Nimmt Korn und Sprenkel heraus und behält die Kanten.",
  "Add Grain": "Korn hinzufügen",
  "Add film grain, everywhere or where a mask says.":
    "Fügt Filmkorn hinzu, überall oder wo eine Maske es sagt.",
  "Remove JPEG Marks": "JPEG-Spuren entfernen",
  "Take out the blocks and rings of JPEG files.": "Nimmt die Blöcke und Ringe von JPEG-Dateien heraus.",
  "GFPGAN (Official)": "GFPGAN (Original)",
  "Restore faces with GFPGAN's own package.": "Stellt Gesichter mit GFPGANs eigenem Paket wieder her.",
  "Real-ESRGAN (Official)": "Real-ESRGAN (Original)",
  "Enlarge with Real-ESRGAN's own package.": "Vergrößert mit Real-ESRGANs eigenem Paket.",
  "Find Scratches": "Kratzer finden",
  "Find scratches, cracks, dust, spots and stains.": "Findet Kratzer, Risse, Staub, Punkte und Flecken.",
  "Fill Damage": "Schäden füllen",
  "Fill scratches, spots and holes from their surroundings.":
    "Füllt Kratzer, Flecken und Löcher aus ihrer Umgebung.",
  "Map Damage": "Schäden kartieren",
  "Look for scratches, cracks, dust and stains, and map how likely each spot is damaged.":
    "Sucht nach Kratzern, Rissen, Staub und Flecken und hält fest, wie wahrscheinlich jede Stelle beschädigt ist.",
  "Restore Faded Colours": "Verblasste Farben zurückholen",
  "Give a faded or yellowed print its depth and colours back.":
    "Gibt einem verblassten oder vergilbten Abzug Tiefe und Farben zurück.",
  Levels: "Tonwerte",
  "Set black, white and midtones, colours kept.": "Setzt Schwarz, Weiß und Mitteltöne; die Farben bleiben.",
  "White Balance": "Weißabgleich",
  "Take out a colour cast.": "Nimmt einen Farbstich heraus.",
  "Enlarge with a Network": "Mit einem Netz vergrößern",
  "Make the photo larger, with sharp edges and drawn detail.":
    "Macht das Foto größer, mit scharfen Kanten und gezeichneten Feinheiten.",
  Resize: "Größe ändern",
  "Make the photo larger or smaller, without inventing detail.":
    "Macht das Foto größer oder kleiner, ohne Feinheiten zu erfinden.",
};
