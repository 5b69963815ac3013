import { h, type Child } from "../elements/jsx";
import { useEffect, useRef } from "../elements/render";
import type { Upload, Uploads } from "../uploads";
import { Icon } from "./icons";
import { AGAIN, CLOSE, FILE } from "./paths";
import { Tool } from "./tool";
import { words } from "../words/words";

export function UploadList({ uploads }: { uploads: Uploads }): Child {
  const { files } = uploads.store.value;
  if (files.length === 0) return null;
  return (
    <ul class="uploads stack">
      {files.map((upload) => (
        <Row key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  );
}

function Row({ upload, uploads }: { upload: Upload; uploads: Uploads }): Child {
  const { key, file, failed, progress, attachment } = upload;
  const percent = Math.round(progress * 100);
  return (
    <li class={`upload line ${failed && "failed"}`}>
      <Preview file={file} />
      <div class="grow">
        <div class="clip" dir="auto">
          {file.name}
        </div>
        {failed ? (
          <div class="quiet" role="alert">
            {failed}
          </div>
        ) : (
          !attachment && <progress value={percent} max={100} aria-label={words.uploading(file.name, percent)} />
        )}
      </div>
      {failed && <Tool label={words.retryFile(file.name)} path={AGAIN} size={16} onclick={() => uploads.retry(key)} />}
      <Tool label={words.removeFile(file.name)} path={CLOSE} size={16} onclick={() => uploads.remove(key)} />
    </li>
  );
}

const SIDE = 40;

/** Painted, not linked: a page's own policy may forbid blob addresses. */
function Preview({ file }: { file: File }): Child {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (file.type.startsWith("image/")) void paint(file, canvas.current);
  }, [file]);
  return (
    <span class="picture preview">
      <Icon path={FILE} />
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
