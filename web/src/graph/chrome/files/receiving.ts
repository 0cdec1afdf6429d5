import { toast } from "sonner";

import { readWorkflow } from "../../../document/reading";
import { setSetting } from "../../../document/edits";
import type { Place, Point, Workflow } from "../../../document/workflow";
import type { PhotoJson } from "../../../server/api";
import { useCatalogue, type Catalogue } from "../../../server/catalogue";
import { ask, problemsOf, Refused } from "../../../server/http";
import { upload } from "../../../server/upload";
import { textNow } from "../../../text/language";
import { useEditor } from "../../editor";
import { middle } from "../../view";
import { photoSettingOf, withStep } from "../adding/adding";
import { openText, tell } from "./files";
import { usePanels } from "../panels";

/** What people drop or paste: photos, workflows, and pictures that carry their workflow. */

const PICTURES = /\.(jpe?g|jpe|png|tiff?|webp|bmp|hei[cf]|hif|jp2|j2k|jpx)$/i;

/** Where something was dropped. */
export interface Landing {
  readonly at: Point;
  /** The node beneath. */
  readonly node: string | null;
}

export async function receive(files: readonly File[], landing: Landing = { at: middle(), node: null }): Promise<void> {
  const [workflow] = files.filter(isJson);
  if (workflow) {
    openText(await workflow.text());
    return;
  }
  for (const [index, file] of files.entries()) {
    if (isPicture(file)) await receivePicture(file, landing, index, files.length === 1);
    else refuse(file);
  }
}

const isJson = ({ name, type }: File): boolean => type === "application/json" || /\.json$/i.test(name);

const isPicture = ({ name, type }: File): boolean => type.startsWith("image/") || PICTURES.test(name);

function refuse({ name }: File): void {
  const { wrong, wrongRemedy } = textNow().graph.drop;
  tell([{ message: wrong(name), remedy: wrongRemedy }]);
}

async function receivePicture(file: File, landing: Landing, index: number, alone: boolean): Promise<void> {
  const said = toast.loading(textNow().graph.drop.uploading(file.name));
  try {
    const photo = await upload(file, () => undefined);
    const workflow = alone ? await workflowOf(photo) : null;
    const accept = () => takePhoto(photo, landing, index);
    if (workflow) usePanels.getState().setCarrier({ photo, workflow, accept });
    else accept();
  } catch (error) {
    tell(problemsOf(error));
  } finally {
    toast.dismiss(said);
  }
}

/** The workflow that a picture carries; null for one that carries none that can be read. */
async function workflowOf({ sha256 }: PhotoJson): Promise<Workflow | null> {
  try {
    const read = readWorkflow(JSON.stringify(await ask(`/api/photos/${sha256}/workflow`)));
    return "workflow" in read ? read.workflow : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The first photo goes where it was dropped, or where the workflow takes its photo; others become nodes. */
function takePhoto(photo: PhotoJson, { at, node }: Landing, index: number): void {
  const { catalogue } = useCatalogue.getState();
  if (!catalogue) return;
  const { workflow, edit, select, setPhoto } = useEditor.getState();
  const { drop } = textNow().graph;
  const place = index === 0 ? (photoPlace(workflow, catalogue, node) ?? inputPlace(workflow)) : null;
  if (place) {
    edit((before) => setSetting(before, place[0], place[1], photo.setting, ""));
    select([place[0]]);
    // What the workflow says is what counts from now on.
    setPhoto("");
    toast.success(drop.photo(photo.name));
    return;
  }
  const loader = [...catalogue.nodes.values()].find((each) => photoSettingOf(each));
  const setting = loader && photoSettingOf(loader);
  if (!loader || !setting) return;
  const added = withStep(workflow, catalogue, loader, [at[0] + 40 * index, at[1] + 40 * index], null);
  edit(() => setSetting(added.workflow, added.id, setting, photo.setting, ""));
  select([added.id]);
  toast.success(drop.added(photo.name));
}

function photoPlace(workflow: Workflow, catalogue: Catalogue, id: string | null): Place | null {
  const box = id === null ? undefined : workflow.nodes[id];
  const node = box && catalogue.nodes.get(box.type);
  const setting = node && Object.entries(node.settings).find(([, each]) => each.widget === "photo")?.[0];
  return id !== null && setting !== undefined ? [id, setting] : null;
}

const inputPlace = ({ input, nodes }: Workflow): Place | null =>
  input && Object.hasOwn(nodes, input[0]) ? input : null;
