import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import { Tooltip } from "antd";
import { FileText, LoaderCircle, Paperclip, TriangleAlert, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { saySize, type Attachment } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { isPicture } from "./Attachments";
import type { Upload } from "./draftFiles";

const Lightbox = lazy(() => import("./Lightbox"));

export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tooltip title={t("composer.attach")} styles={{ root: { pointerEvents: "none" } }}>
        <button type="button" className="icon-button" onClick={() => input.current?.click()} aria-label={t("composer.attach")}><Paperclip size={17} /></button>
      </Tooltip>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

export function Uploads({ uploads, onRemove }: { uploads: readonly Upload[]; onRemove: (key: number) => void }): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Attachment | null>(null);
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads">
      {uploads.map((upload) => (
        <li key={upload.key} className={upload.failed === null ? "upload" : "upload upload-failed"} role={upload.failed === null ? undefined : "alert"}>
          <Look upload={upload} onShow={setShown} />
          <span className="clip">{upload.failed === null ? upload.name : `${t("composer.uploadFailed", { name: upload.name })}: ${upload.failed}`}</span>
          {upload.failed === null && <span className="quiet numbers">{saySize(upload.size, languageNow())}</span>}
          <button type="button" className="bare-button" onClick={() => onRemove(upload.key)} aria-label={t("composer.remove", { name: upload.name })}><X size={14} /></button>
        </li>
      ))}
      <Suspense fallback={null}>{shown && <Lightbox pictures={uploads.flatMap(({ attachment }) => (attachment && isPicture(attachment) ? [attachment] : []))} first={shown} onClose={() => setShown(null)} />}</Suspense>
    </ul>
  );
}

function Look({ upload, onShow }: { upload: Upload; onShow: (attachment: Attachment) => void }): ReactNode {
  const { t } = useTranslation();
  const { attachment } = upload;
  if (upload.failed !== null) return <TriangleAlert size={15} />;
  if (!attachment) return <LoaderCircle size={15} className="spin" aria-label={t("composer.uploading", { name: upload.name })} />;
  if (!isPicture(attachment)) return <FileText size={15} />;
  return (
    <button type="button" className="upload-look" onClick={() => onShow(attachment)} aria-label={t("conversation.image", { name: upload.name })}>
      <img src={attachment.url} alt="" />
    </button>
  );
}
