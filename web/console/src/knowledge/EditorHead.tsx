import { useState, type ReactNode } from "react";
import { App, Button, Input, Modal, Tooltip } from "antd";
import { ArrowLeft, History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { sayTime, type Article } from "@tandem/shared";
import { useCommands, type Command } from "../commands/commands";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { useMay } from "../session/session";
import { State } from "./ArticleRow";
import type { Writing } from "./useArticle";

type Props = { article: Article | null; writing: Writing; onHistory: () => void; onSave: () => void; onSubmit: () => void; onPublish: () => void };

/** What the article is, and what may be done with it by whom. */
export function EditorHead({ article, writing, onHistory, onSave, onSubmit, onPublish }: Props): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const writes = useMay("knowledge:write");
  const publishes = useMay("knowledge:publish");
  const [givingBack, setGivingBack] = useState(false);
  const changed = writing.dirty || article === null;
  const publishable = changed || article.published_version !== article.version || article.state !== "published";
  const submittable = changed || (!article.in_review && article.published_version !== article.version);
  const offered: [boolean, Omit<Command, "group">][] = [
    [writes && writing.dirty, { id: "save-article", label: t("knowledge.saveDraft"), shortcut: "mod+s", run: onSave }],
    [publishes && publishable, { id: "publish-article", label: t("knowledge.publish"), shortcut: "mod+Enter", run: onPublish }],
    [writes && !publishes && submittable, { id: "submit-article", label: t("knowledge.submit"), shortcut: "mod+Enter", run: onSubmit }],
    [article !== null, { id: "article-history", label: t("knowledge.versions"), shortcut: "v", run: onHistory }],
  ];
  useCommands(offered.filter(([possible]) => possible).map(([, command]) => ({ ...command, group: "pages" as const })));
  return (
    <header className="editor-head">
      <button type="button" className="icon-button editor-back" onClick={() => void navigate("/knowledge")} aria-label={t("common.back")}><ArrowLeft size={18} /></button>
      <Facts article={article} dirty={writing.dirty} />
      {article && <Tooltip title={t("knowledge.versions")}><Button icon={<History size={16} />} aria-label={t("knowledge.versions")} onClick={onHistory} /></Tooltip>}
      {article && publishes && article.state !== "archived" && <ArchiveButton writing={writing} />}
      {article && publishes && article.in_review && !writing.dirty && <Button onClick={() => setGivingBack(true)}>{t("knowledge.giveBack")}</Button>}
      {writes && <Button onClick={onSave} disabled={!writing.dirty} loading={writing.busy === "save"}>{t("knowledge.saveDraft")}</Button>}
      {writes && !publishes && <Button type="primary" onClick={onSubmit} disabled={!submittable} loading={writing.busy === "submit"}>{t("knowledge.submit")}</Button>}
      {publishes && <Tooltip title={t("knowledge.publishTitle")}><Button type="primary" onClick={onPublish} disabled={!publishable} loading={writing.busy === "publish"}>{t("knowledge.publish")}</Button></Tooltip>}
      {!writes && <span className="quiet">{t("knowledge.readOnly")}</span>}
      {givingBack && <GiveBack writing={writing} onClose={() => setGivingBack(false)} />}
    </header>
  );
}

function Facts({ article, dirty }: { article: Article | null; dirty: boolean }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  return (
    <div className="editor-facts">
      {article ? (
        <>
          <h2 className="unseen">{article.question}</h2>
          <State article={article} />
          <span className="quiet clip">{t("knowledge.version", { n: article.version })} · {t("knowledge.updated", { name: article.updated_by, time: sayTime(article.updated_at, minute, { locale: languageNow() }) })}</span>
        </>
      ) : (
        <h2>{t("knowledge.new")}</h2>
      )}
      {dirty && <span className="editor-dirty">{t("knowledge.unsaved")}</span>}
    </div>
  );
}

function ArchiveButton({ writing }: { writing: Writing }): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const archive = (): void =>
    void modal.confirm({ title: t("knowledge.archive"), content: t("knowledge.archiveConfirm"), okText: t("knowledge.archive"), cancelText: t("common.cancel"), onOk: async () => void (await writing.archive()) });
  return <Button onClick={archive} loading={writing.busy === "archive"}>{t("knowledge.archive")}</Button>;
}

function GiveBack({ writing, onClose }: { writing: Writing; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const send = async (): Promise<void> => {
    if (await writing.giveBack(note)) onClose();
  };
  return (
    <Modal open title={t("knowledge.giveBack")} okText={t("knowledge.giveBack")} cancelText={t("common.cancel")} okButtonProps={{ disabled: note.trim() === "", loading: writing.busy === "giveBack" }} onOk={() => void send()} onCancel={onClose}>
      <label className="field">
        <span className="field-label">{t("knowledge.giveBackNote")}</span>
        <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  );
}
