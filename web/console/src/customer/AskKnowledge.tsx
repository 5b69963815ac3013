import { useId, useState, type ReactNode } from "react";
import { Input } from "antd";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Conversation, FoundAnswer } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { InsertButton, type Insert } from "./CopilotTab";

/** An agent's own question to what was reviewed: only what holds for this customer is found. */
export function AskKnowledge({ row, onInsert }: { row: Conversation; onInsert: Insert }): ReactNode {
  const { t } = useTranslation();
  const head = useId();
  const [text, setText] = useState("");
  const found = useMutation({ mutationFn: (question: string) => api.post<FoundAnswer[]>(`/conversations/${row.id}/copilot/knowledge`, { text: question }) });
  const ask = (): void => {
    if (text.trim() !== "") found.mutate(text.trim());
  };
  return (
    <section className="packet-part" aria-labelledby={head}>
      <h3 id={head}>{t("copilot.ask")}</h3>
      <Input.Search value={text} maxLength={300} dir="auto" placeholder={t("copilot.askHint")} aria-label={t("copilot.ask")} loading={found.isPending} onChange={(event) => setText(event.target.value)} onSearch={ask} />
      <div role="status">
        {found.isError && <p className="copilot-problem">{sayProblem(found.error)}</p>}
        {found.data?.length === 0 && <p className="quiet copilot-none">{t("copilot.notFound")}</p>}
        {found.data && found.data.length > 0 && (
          <ul className="lookups copilot-found">
            {found.data.map((it) => (
              <li key={it.id}>
                <Link className="clip" to={`/knowledge/${it.id}`} title={it.question} dir="auto">{it.question}</Link>
                <p className="similar-answer" dir="auto">{it.answer}</p>
                <InsertButton text={it.answer} onInsert={onInsert} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
