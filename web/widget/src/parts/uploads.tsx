import { h, type Child } from "../elements/jsx";
import type { Upload, Uploads } from "../uploads";
import { base } from "../view/here";
import { Icon } from "../view/icons";
import { AGAIN, CLOSE, FILE } from "../view/paths";
import { Tool } from "../view/tool";
import { inLanguage, part, useEffect, useRef } from "./part";
import style from "./uploads.css?inline";

const words = inLanguage(
  {
    uploading: (name: string, percent: number) => `${name}，已上传 ${percent}%`,
    removeFile: (name: string) => `移除 ${name}`,
    retryFile: (name: string) => `重新上传 ${name}`,
  },
  {
    uploading: (name: string, percent: number) => `${name}, ${percent}% uploaded`,
    removeFile: (name: string) => `Remove ${name}`,
    retryFile: (name: string) => `Upload ${name} again`,
  },
);

/** The files that go with the next message, each with how far it is up or why it is not. */
function UploadList({ uploads }: { uploads: Uploads }): Child {
  return (
    <ul class="uploads stack">
      {uploads.store.value.files.map((upload) => (
        <Row key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  );
}

function Row({ upload, uploads }: { upload: Upload; uploads: Uploads }): Child {
  const { key, name, failed, progress, attachment } = upload;
  const percent = Math.round(progress * 100);
  return (
    <li class={`upload line ${failed && "failed"}`}>
      <Preview upload={upload} />
      <div class="grow">
        <div class="clip" dir="auto">
          {name}
        </div>
        {failed ? (
          <div class="quiet" role="alert">
            {failed}
          </div>
        ) : (
          !attachment && <progress value={percent} max={100} aria-label={words().uploading(name, percent)} />
        )}
      </div>
      {failed && <Tool label={words().retryFile(name)} path={AGAIN} size={16} onclick={() => uploads.retry(key)} />}
      <Tool label={words().removeFile(name)} path={CLOSE} size={16} onclick={() => uploads.remove(key)} />
    </li>
  );
}

const SIDE = 40;

/** Painted, not linked: a page's own policy may forbid blob addresses. What is on the server already is shown from there, as in the log. */
function Preview({ upload: { file, attachment } }: { upload: Upload }): Child {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (file?.type.startsWith("image/")) void paint(file, canvas.current);
  }, [file]);
  const up = file === null && attachment?.media_type.startsWith("image/") ? new URL(attachment.url, base).href : "";
  return (
    <span class="picture preview">
      <Icon path={FILE} />
      {up ? <img src={up} alt="" /> : <canvas ref={canvas} width={SIDE * 2} height={SIDE * 2} aria-hidden="true" />}
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

export default part(UploadList, style);
