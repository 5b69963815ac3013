import { useRef, useState, type ReactNode } from "react";
import { Button } from "antd";
import { ImagePlus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "@tandem/shared";
import { isPicture } from "../conversation/Attachments";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { MOST_IMAGES } from "./article";

/** Shown under the answer. One that fails says why and takes nothing else with it. */
export function Pictures({ images, onChange }: { images: readonly Attachment[]; onChange: (change: (images: Attachment[]) => Attachment[]) => void }): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (file: File): Promise<void> => {
    setBusy((now) => now + 1);
    try {
      const stored = await api.upload<Attachment>("/uploads", file);
      if (isPicture(stored)) onChange((now) => [...now, stored].slice(0, MOST_IMAGES));
      else setProblem(t("knowledge.notAPicture", { name: file.name }));
    } catch (error) {
      setProblem(`${file.name}: ${sayProblem(error)}`);
    } finally {
      setBusy((now) => now - 1);
    }
  };
  const chosen = (files: FileList | null): void => {
    setProblem(null);
    for (const file of files ?? []) void add(file);
  };
  return (
    <div className="pictures">
      {images.map((image) => (
        <figure key={image.id}>
          <img src={image.url} alt={image.name} loading="lazy" />
          <button type="button" className="icon-button" aria-label={t("knowledge.removePicture", { name: image.name })} onClick={() => onChange((now) => now.filter(({ id }) => id !== image.id))}><X size={14} /></button>
        </figure>
      ))}
      <Button type="dashed" size="small" icon={<ImagePlus size={14} />} loading={busy > 0} disabled={images.length >= MOST_IMAGES} onClick={() => input.current?.click()}>{t("knowledge.addPicture")}</Button>
      <input ref={input} type="file" hidden multiple accept="image/png,image/jpeg,image/gif,image/webp" aria-label={t("knowledge.addPicture")} onChange={(event) => { chosen(event.target.files); event.target.value = ""; }} />
      {problem !== null && <span className="field-problem" role="alert">{problem}</span>}
    </div>
  );
}
