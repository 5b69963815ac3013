import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isSafeHref } from "@tandem/shared";
import { Attachments } from "../conversation/Attachments";
import { MessageText } from "../conversation/MessageText";
import type { ArticleDraft } from "./article";

/** As the customer will see it: the question in his words, the answer in the assistant's voice. */
export function ArticlePreview({ draft }: { draft: ArticleDraft }): ReactNode {
  const { t } = useTranslation();
  const named = draft.buttons.filter(({ label }) => label.trim() !== "");
  const links = named.filter(({ to }) => /^https?:/i.test(to) && isSafeHref(to));
  const pressed = named.filter(({ to }) => !/^https?:/i.test(to));
  return (
    <aside className="editor-preview" aria-label={t("knowledge.preview")}>
      <h2>{t("knowledge.preview")}</h2>
      <div className="said said-agent said-first"><div className="said-body"><div className="bubble"><MessageText text={draft.question || "…"} /></div></div></div>
      <div className="said said-customer said-first">
        <div className="said-body">
          <div className="said-speaker"><span className="ai-label">{t("voice.ai")}</span></div>
          <div className="bubble preview-answer">
            <MessageText text={[draft.answer || "…", ...links.map(({ label, to }) => `[${label}](${to})`)].join("\n\n")} />
            <Attachments attachments={draft.images} />
          </div>
          {pressed.length > 0 && <ul className="said-choices preview-choices">{pressed.map(({ label }, index) => <li key={index}>{label}</li>)}</ul>}
        </div>
      </div>
    </aside>
  );
}
