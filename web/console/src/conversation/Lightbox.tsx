import { useEffect, useRef, useState, type ReactNode } from "react";
import { Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "@tandem/shared";
import "./lightbox.css";

export default function Lightbox({ attachment, onClose }: { attachment: Attachment; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="lightbox" onClose={onClose} onClick={(event) => event.target === event.currentTarget && onClose()} aria-label={attachment.name}>
      <header>
        <span className="clip">{attachment.name}</span>
        <button type="button" onClick={() => setLarge(!large)} aria-pressed={large} aria-label="1:1">{large ? <ZoomOut /> : <ZoomIn />}</button>
        <a href={attachment.url} download={attachment.name} aria-label={t("conversation.file", { name: attachment.name })}><Download /></a>
        <button type="button" onClick={onClose} aria-label={t("common.close")}><X /></button>
      </header>
      <div className={large ? "lightbox-large" : "lightbox-whole"} onClick={(event) => event.target === event.currentTarget && onClose()}>
        <img src={attachment.url} alt={attachment.name} onClick={() => setLarge(!large)} />
      </div>
    </dialog>
  );
}
