import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "@tandem/shared";
import "./lightbox.css";

/** The pictures of one message, one at a time; arrows lead to the next. */
export default function Lightbox({ pictures, first, onClose }: { pictures: readonly Attachment[]; first: Attachment; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [large, setLarge] = useState(false);
  const [at, setAt] = useState(() => Math.max(0, pictures.indexOf(first)));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const shown = pictures[at] ?? first;
  const go = (step: number): void => {
    setLarge(false);
    setAt((now) => Math.min(pictures.length - 1, Math.max(0, now + step)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight") go(1);
    if (event.key === "ArrowLeft") go(-1);
  };
  return (
    <dialog ref={dialog} className="lightbox" onClose={onClose} onKeyDown={onKeyDown} onClick={(event) => event.target === event.currentTarget && onClose()} aria-label={shown.name}>
      <header>
        <span className="clip">{shown.name}</span>
        {pictures.length > 1 && (
          <>
            <button type="button" onClick={() => go(-1)} disabled={at === 0} aria-label={t("conversation.previousImage")}><ChevronLeft /></button>
            <span className="lightbox-place numbers" role="status">{at + 1} / {pictures.length}</span>
            <button type="button" onClick={() => go(1)} disabled={at === pictures.length - 1} aria-label={t("conversation.nextImage")}><ChevronRight /></button>
          </>
        )}
        <button type="button" onClick={() => setLarge(!large)} aria-pressed={large} aria-label="1:1">{large ? <ZoomOut /> : <ZoomIn />}</button>
        <a href={shown.url} download={shown.name} aria-label={t("conversation.file", { name: shown.name })}><Download /></a>
        <button type="button" onClick={onClose} aria-label={t("common.close")}><X /></button>
      </header>
      <div className={large ? "lightbox-large" : "lightbox-whole"} onClick={(event) => event.target === event.currentTarget && onClose()}>
        <img key={shown.id} src={shown.url} alt={shown.name} onClick={() => setLarge(!large)} />
      </div>
    </dialog>
  );
}
