import type { ReactNode } from "react";
import { Button, Input, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Article } from "@tandem/shared";
import { api } from "../session/api";
import { MOST_BUTTONS, type AnswerButton, type ArticleList } from "./article";
import { articleKey, knowledgeKey } from "./keys";

type Kind = "article" | "link" | "person";
const STARTS: Record<Kind, string> = { article: "article:", link: "https://", person: "person" };

export function AnswerButtons({ buttons, onChange }: { buttons: readonly AnswerButton[]; onChange: (buttons: AnswerButton[]) => void }): ReactNode {
  const { t } = useTranslation();
  const put = (index: number, part: Partial<AnswerButton>): void => onChange(buttons.map((button, at) => (at === index ? { ...button, ...part } : button)));
  const add = (): void => onChange([...buttons, { label: "", to: STARTS.link }]);
  return (
    <div className="answer-buttons">
      {buttons.map((button, index) => {
        const kind = kindOf(button.to);
        return (
          <div key={index} className="answer-button">
            <Input value={button.label} maxLength={40} placeholder={t("knowledge.buttonLabel")} aria-label={t("knowledge.buttonLabel")} onChange={(event) => put(index, { label: event.target.value })} />
            <Select aria-label={t("knowledge.buttonKind")} value={kind} popupMatchSelectWidth={false} options={(["link", "article", "person"] as const).map((value) => ({ value, label: t(`knowledge.buttonKinds.${value}`) }))} onChange={(next) => put(index, { to: STARTS[next] })} />
            {kind === "link" && <Input dir="ltr" value={button.to} maxLength={500} aria-label={t("knowledge.buttonKinds.link")} onChange={(event) => put(index, { to: event.target.value })} />}
            {kind === "article" && <ArticlePick to={button.to} onPick={(to) => put(index, { to })} />}
            <button type="button" className="icon-button" aria-label={t("knowledge.removeButton")} onClick={() => onChange(buttons.filter((_, at) => at !== index))}><X size={15} /></button>
          </div>
        );
      })}
      <Button type="dashed" size="small" icon={<Plus size={14} />} disabled={buttons.length >= MOST_BUTTONS} onClick={add}>{t("knowledge.addButton")}</Button>
    </div>
  );
}

function ArticlePick({ to, onPick }: { to: string; onPick: (to: string) => void }): ReactNode {
  const { t } = useTranslation();
  const id = to.slice(STARTS.article.length);
  const published = useQuery({ queryKey: [...knowledgeKey, "published"], queryFn: () => api.get<ArticleList>("/knowledge", { state: "published", limit: 200 }) });
  const chosen = useQuery({ queryKey: articleKey(id), queryFn: () => api.get<Article>(`/knowledge/${id}`), enabled: id !== "" });
  const known = new Map([...(published.data?.items ?? []), ...(chosen.data ? [chosen.data] : [])].map((article) => [article.id, article.question]));
  return (
    <Select
      className="answer-button-article"
      showSearch={{ optionFilterProp: "label" }}
      loading={published.isPending}
      aria-label={t("knowledge.buttonKinds.article")}
      placeholder={t("knowledge.pickArticle")}
      value={id === "" ? null : id}
      options={[...known].map(([value, label]) => ({ value, label }))}
      onChange={(picked: string) => onPick(`${STARTS.article}${picked}`)}
    />
  );
}

function kindOf(to: string): Kind {
  if (to === STARTS.person) return "person";
  return to.startsWith(STARTS.article) ? "article" : "link";
}
