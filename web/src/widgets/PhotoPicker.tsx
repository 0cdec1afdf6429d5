import { useEffect, useRef, useState, type ReactNode } from "react";

import type { PhotoJson } from "../server/api";
import { ask, problemsOf } from "../server/http";
import { upload } from "../server/upload";
import { useText } from "../text/language";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Problems, type Problem } from "../ui/Problems";
import { Progress } from "../ui/Progress";
import { thumbnailUrl } from "../server/addresses";
import { sampleFile } from "./photos";
import styles from "./PhotoPicker.module.css";

interface PhotoPickerProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (setting: string) => void;
  readonly onClose: () => void;
}

interface Page {
  readonly photos: readonly PhotoJson[];
  readonly next: string;
}

/** All photos that the server keeps, and ways to bring another. */
export function PhotoPicker({ label, value, onChoose, onClose }: PhotoPickerProps) {
  const { widgets } = useText();
  const { photos, hasMore, problems, more } = useKept();
  const picker = useRef<HTMLInputElement>(null);
  const choose = (setting: string) => {
    onChoose(setting);
    onClose();
  };
  const sending = useUpload((photo) => choose(photo.setting));
  return (
    <Dialog title={`${label}: ${widgets.photo.title}`} size="large" onClose={onClose}>
      <div className={styles.picker}>
        <div className={styles.ways}>
          <Button look="primary" onClick={() => picker.current?.click()}>
            {widgets.photo.upload}
          </Button>
          <Button onClick={() => void sampleFile().then(sending.send)}>{widgets.photo.sample}</Button>
          <input
            ref={picker}
            type="file"
            accept="image/*,.heic,.heif,.tif,.tiff,.jp2"
            hidden
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) sending.send(file);
            }}
          />
        </div>
        {sending.share !== null && <Progress share={sending.share} label={widgets.photo.uploading} />}
        <Problems problems={[...sending.problems, ...problems]} />
        {photos && (
          <Kept title={photos.length ? widgets.photo.kept : widgets.photo.empty}>
            {photos.map((photo) => (
              <KeptPhoto key={photo.sha256} photo={photo} isChosen={photo.setting === value} onChoose={choose} />
            ))}
          </Kept>
        )}
        {hasMore && <Button onClick={more}>{widgets.photo.more}</Button>}
      </div>
    </Dialog>
  );
}

function Kept({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.photos}>{children}</ul>
    </section>
  );
}

interface KeptPhotoProps {
  readonly photo: PhotoJson;
  readonly isChosen: boolean;
  readonly onChoose: (setting: string) => void;
}

function KeptPhoto({ photo, isChosen, onChoose }: KeptPhotoProps) {
  const { widgets } = useText();
  return (
    <li>
      <button
        type="button"
        className={styles.photo}
        aria-pressed={isChosen}
        disabled={photo.problem !== ""}
        title={photo.problem || photo.name}
        onClick={() => onChoose(photo.setting)}
      >
        <img src={thumbnailUrl(photo.sha256, 256)} alt="" loading="lazy" className={styles.picture} />
        <span className={styles.name}>{photo.name}</span>
        <span className={styles.size}>{photo.problem || widgets.photo.size(photo.width, photo.height)}</span>
      </button>
    </li>
  );
}

/** The kept photos, page by page, newest first. */
function useKept() {
  const [page, setPage] = useState<Page | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const load = (before: string) =>
    ask<Page>(`/api/photos?limit=48${before && `&before=${encodeURIComponent(before)}`}`).then(
      ({ photos, next }) => setPage((seen) => ({ photos: [...(before ? (seen?.photos ?? []) : []), ...photos], next })),
      (error: unknown) => setProblems(problemsOf(error)),
    );
  useEffect(() => void load(""), []);
  return {
    photos: page?.photos ?? null,
    hasMore: !!page?.next,
    problems,
    more: () => void load(page?.next ?? ""),
  };
}

/** One photo on its way to the server. Leaving cancels it. */
function useUpload(onDone: (photo: PhotoJson) => void) {
  const [share, setShare] = useState<number | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const going = useRef<AbortController>(null);
  useEffect(() => () => going.current?.abort(), []);
  const send = (file: File) => {
    going.current?.abort();
    const controller = new AbortController();
    going.current = controller;
    setProblems([]);
    setShare(0);
    upload(file, setShare, controller.signal).then(onDone, (error: unknown) => {
      if (controller.signal.aborted) return;
      setShare(null);
      setProblems(problemsOf(error));
    });
  };
  return { share, problems, send };
}
