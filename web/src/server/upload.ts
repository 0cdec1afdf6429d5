import type { PhotoJson } from "./api";
import { problemsIn, Refused, Unreachable } from "./http";

/** Upload a photo; `onProgress` hears the share 0..1 that has left. XMLHttpRequest, because fetch tells no progress. */
export function upload(photo: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<PhotoJson> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/photos?name=${encodeURIComponent(photo.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as PhotoJson);
      else reject(new Refused(request.status, problemsIn(request.responseText, request.status)));
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    if (signal?.aborted) request.abort();
    else request.send(photo);
  });
}
