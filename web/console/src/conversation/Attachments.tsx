import { lazy, Suspense, useState, type ReactNode } from "react";
import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isSafeHref, saySize, type Attachment } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";

const Lightbox = lazy(() => import("./Lightbox"));

export function Attachments({ attachments }: { attachments: readonly Attachment[] }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Attachment | null>(null);
  if (attachments.length === 0) return null;
  return (
    <div className="attachments">
      {attachments.map((attachment) =>
        isPicture(attachment) ? (
          <button key={attachment.id} type="button" className="attachment-picture" onClick={() => setOpen(attachment)} aria-label={t("conversation.image", { name: attachment.name })}>
            <img src={attachment.url} alt={attachment.name} loading="lazy" width={attachment.width ?? undefined} height={attachment.height ?? undefined} />
          </button>
        ) : (
          <a key={attachment.id} className="attachment-file" href={isSafeHref(attachment.url) ? attachment.url : undefined} target="_blank" rel="noopener" download={attachment.name}>
            <FileText aria-hidden />
            <span className="clip" dir="auto">{attachment.name}</span>
            <span className="quiet numbers">{saySize(attachment.size, languageNow())}</span>
          </a>
        ),
      )}
      <Suspense fallback={null}>{open && <Lightbox pictures={attachments.filter(isPicture)} first={open} onClose={() => setOpen(null)} />}</Suspense>
    </div>
  );
}

/** SVG is no picture here: a document that can carry script. */
export function isPicture({ media_type, url }: Attachment): boolean {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(media_type) && isSafeHref(url);
}
