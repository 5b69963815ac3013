import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { App, Button, Input, InputNumber, Progress, Select } from "antd";
import { ArrowLeft, Download, FileUp } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { sayTime, type KnowledgeImport } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { ARTICLE_LANGUAGES, sayLanguage } from "./article";
import { ImportReport } from "./ImportReport";
import { importsKey, knowledgeKey } from "./keys";

const KINDS = ".csv,.tsv,.xlsx,.json,.md,.markdown,.txt,.html,.htm,.docx,.pdf";
const LOOK_AGAIN = 1000;

/** Documents and sites on their way into drafts, and all of it on its way out. */
export default function ImportPage(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const writes = useMay("knowledge:write");
  return (
    <div className="editor imports">
      <header className="editor-head">
        <button type="button" className="icon-button editor-back" onClick={() => void navigate("/knowledge")} aria-label={t("common.back")}><ArrowLeft size={18} /></button>
        <div className="editor-facts"><h2>{t("knowledge.import")}</h2></div>
        {(["csv", "json"] as const).map((kind) => (
          <Button key={kind} icon={<Download size={16} />} href={`/api/knowledge/export?kind=${kind}`}>{t("knowledge.export", { kind: kind.toUpperCase() })}</Button>
        ))}
      </header>
      <div className="imports-body">
        {writes && <Sources />}
        <Imports />
      </div>
    </div>
  );
}

function Sources(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [lang, setLang] = useState("");
  const start = async (asking: Promise<KnowledgeImport>): Promise<void> => {
    try {
      await asking;
    } catch (error) {
      message.error(sayProblem(error));
    } finally {
      void queries.invalidateQueries({ queryKey: importsKey });
    }
  };
  const files = (chosen: FileList | null): void => {
    for (const file of chosen ?? []) void start(api.upload<KnowledgeImport>(`/knowledge/imports${lang === "" ? "" : `?lang=${lang}`}`, file));
  };
  return (
    <section className="imports-sources" aria-label={t("knowledge.import")}>
      <DropZone onFiles={files} />
      <SiteForm onAsk={(url, pages) => void start(api.post<KnowledgeImport>("/knowledge/imports/site", { url, pages, lang }))} />
      <label className="imports-lang">
        <span className="field-label">{t("knowledge.importLang")}</span>
        <Select size="small" value={lang} popupMatchSelectWidth={false} options={[{ value: "", label: t("knowledge.importLangAuto") }, ...ARTICLE_LANGUAGES.map((value) => ({ value, label: sayLanguage(value, languageNow()) }))]} onChange={setLang} />
      </label>
      <p className="quiet">{t("knowledge.importHint")}</p>
    </section>
  );
}

function DropZone({ onFiles }: { onFiles: (files: FileList | null) => void }): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles(event.dataTransfer.files);
  };
  return (
    <>
      <button type="button" className={`drop-zone${over ? " drop-zone-over" : ""}`} onClick={() => input.current?.click()} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <FileUp aria-hidden />
        <b>{t("knowledge.drop")}</b>
        <span className="quiet">{t("knowledge.dropKinds")}</span>
      </button>
      <input ref={input} type="file" hidden multiple accept={KINDS} aria-label={t("knowledge.drop")} onChange={(event) => { onFiles(event.target.files); event.target.value = ""; }} />
    </>
  );
}

function SiteForm({ onAsk }: { onAsk: (url: string, pages: number) => void }): ReactNode {
  const { t } = useTranslation();
  const [url, setUrl] = useState("");
  const [pages, setPages] = useState(50);
  const ask = (): void => {
    onAsk(url.trim(), pages);
    setUrl("");
  };
  return (
    <form className="site-form" onSubmit={(event) => { event.preventDefault(); if (url.trim() !== "") ask(); }}>
      <Input type="url" dir="ltr" value={url} placeholder="https://" maxLength={500} aria-label={t("knowledge.siteUrl")} onChange={(event) => setUrl(event.target.value)} prefix={<span className="quiet">{t("knowledge.siteUrl")}</span>} />
      <InputNumber min={1} max={200} value={pages} aria-label={t("knowledge.sitePages")} suffix={t("knowledge.pages")} onChange={(value) => setPages(value ?? 50)} />
      <Button htmlType="submit" disabled={url.trim() === ""}>{t("knowledge.readSite")}</Button>
    </form>
  );
}

function Imports(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const writes = useMay("knowledge:write");
  const [open, setOpen] = useState<string | null>(null);
  const stop = async ({ id }: KnowledgeImport): Promise<void> => {
    try {
      await api.post(`/knowledge/imports/${id}/stop`);
    } catch (error) {
      message.error(sayProblem(error));
    }
    await queries.invalidateQueries({ queryKey: importsKey });
  };
  const list = useQuery({
    queryKey: importsKey,
    queryFn: async () => {
      const found = await api.get<KnowledgeImport[]>("/knowledge/imports");
      void queries.invalidateQueries({ queryKey: knowledgeKey });
      return found;
    },
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? LOOK_AGAIN : false),
  });
  if (list.isPending) return <Waiting rows={4} />;
  if (list.isError) return <FailedState title={t("problem.load")} hint={sayProblem(list.error)} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <p className="quiet imports-none">{t("knowledge.noImports")}</p>;
  return (
    <ul className="imports-list">
      {list.data.map((it) => (
        <li key={it.id}>
          <ImportRow it={it} open={open === it.id} onOpen={() => setOpen((now) => (now === it.id ? null : it.id))} onStop={writes ? () => void stop(it) : null} />
          {open === it.id && it.state === "done" && <ImportReport id={it.id} />}
        </li>
      ))}
    </ul>
  );
}

function ImportRow({ it, open, onOpen, onStop }: { it: KnowledgeImport; open: boolean; onOpen: () => void; onStop: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const time = sayTime(it.created_at, useMinute(), { locale: languageNow() });
  const percent = it.total === 0 ? 0 : Math.round((100 * it.done) / it.total);
  const counts = (["added", "changed", "unchanged"] as const).filter((name) => it[name] > 0).map((name) => t(`knowledge.counts.${name}`, { count: it[name] }));
  if (it.more_unclear > 0) counts.push(t("knowledge.counts.unclear", { count: it.more_unclear }));
  return (
    <div className="import-row">
      <div className="import-name"><b className="clip" dir="auto">{it.name}</b><span className="quiet numbers">{it.by_name} · {time}</span></div>
      {it.state === "stopped" ? (
        <span className="import-counts numbers">{[t("knowledge.importStates.stopped"), ...counts].join(" · ")}</span>
      ) : isRunning(it) ? (
        <Progress percent={percent} size="small" status="active" aria-label={t(`knowledge.importStates.${it.state}`)} format={() => `${t(`knowledge.importStates.${it.state}`)} ${it.total > 0 ? `${it.done}/${it.total}` : ""}`} />
      ) : it.state === "failed" ? (
        <span className="field-problem">{t(`knowledge.importWhy.${it.why ?? "fault"}`)}</span>
      ) : (
        <span className="import-counts numbers">{counts.length > 0 ? counts.join(" · ") : t("knowledge.counts.nothing")}</span>
      )}
      {isRunning(it) && onStop && <Button size="small" onClick={onStop}>{t("knowledge.stopImport")}</Button>}
      {it.state === "done" && <Button size="small" aria-expanded={open} onClick={onOpen}>{t("knowledge.report")}</Button>}
    </div>
  );
}

function isRunning({ state }: KnowledgeImport): boolean {
  return state !== "done" && state !== "failed" && state !== "stopped";
}
