import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Upload, Uploads } from "../uploads";
import { useHere } from "./here";
import { Icon } from "./icons";

export function UploadList({ uploads }: { uploads: Uploads }): VNode | null {
  const { files } = uploads.store.value;
  if (files.length === 0) return null;
  return (
    <ul class="uploads">
      {files.map((upload) => (
        <Row key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  );
}

function Row({ upload, uploads }: { upload: Upload; uploads: Uploads }): VNode {
  const { words } = useHere();
  const { key, file, failed, progress, attachment } = upload;
  const percent = Math.round(progress * 100);
  return (
    <li class={failed === null ? "upload" : "upload failed"}>
      <Preview file={file} />
      <div class="grow">
        <div class="clip" dir="auto">
          {file.name}
        </div>
        {failed !== null ? (
          <div class="quiet" role="alert">
            {failed}
          </div>
        ) : (
          !attachment && <progress value={percent} max={100} aria-label={words.uploading(file.name, percent)} />
        )}
      </div>
      {failed !== null && (
        <button type="button" class="tool" aria-label={words.retryFile(file.name)} onClick={() => uploads.retry(key)}>
          <Icon name="again" size={16} />
        </button>
      )}
      <button type="button" class="tool" aria-label={words.removeFile(file.name)} onClick={() => uploads.remove(key)}>
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

const SIDE = 40;

/** Painted, not linked: a page's own policy may forbid blob addresses. */
function Preview({ file }: { file: File }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (file.type.startsWith("image/")) void paint(file, canvas.current);
  }, [file]);
  return (
    <span class="picture preview">
      <Icon name="file" />
      <canvas ref={canvas} width={SIDE * 2} height={SIDE * 2} aria-hidden="true" />
    </span>
  );
}

/** What is no picture after all keeps the sign of a file. */
async function paint(file: File, canvas: HTMLCanvasElement | null): Promise<void> {
  const image = await createImageBitmap(file).catch(() => null);
  const context = canvas?.getContext("2d");
  if (!image || !context || !canvas) return;
  const scale = Math.max(canvas.width / image.width, canvas.height / image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  image.close();
}
