import { useState, type ReactNode } from "react";
import { Drawer } from "antd";
import { ScanEye } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Entry } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";

/** As the assistant keeps it in the record of a turn; one for each call of the model. */
type Asked = { model: string; prompt: string; given: string; written?: unknown; error?: string; tokens?: { input: number; output: number } };
type Answer = { at: string; decision: string; reason: string | null; ms: number; model: Asked[] | null };

/** For those who may: exactly what the language model was given and said for one of the assistant's answers. */
export function ModelExchange({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMay("answer:inspect") || entry.by.kind !== "assistant") return null;
  return (
    <>
      <button type="button" className="bare-button exchange-open" onClick={() => setOpen(true)} aria-label={t("model.look")} title={t("model.look")}><ScanEye aria-hidden /></button>
      {open && <Drawer open size={640} title={t("model.look")} onClose={() => setOpen(false)}><Exchange entry={entry} /></Drawer>}
    </>
  );
}

function Exchange({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const answer = useQuery({
    queryKey: ["exchange", entry.id], queryFn: () => api.get<Answer>(`/conversations/${entry.conversation}/answer`, { seq: entry.seq }), staleTime: Infinity,
  });
  if (answer.isPending) return <Waiting rows={4} />;
  if (answer.isError) return <FailedState title={t("model.failedToLoad")} hint={sayProblem(answer.error)} onRetry={() => void answer.refetch()} />;
  if (!answer.data.model?.length) return <p className="quiet">{t("model.notAsked")}</p>;
  return <>{answer.data.model.map((asked, place) => <Call key={place} asked={asked} />)}</>;
}

function Call({ asked }: { asked: Asked }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="exchange">
      <p className="quiet">{asked.model} · {t("model.prompt", { name: asked.prompt })}{asked.tokens && ` · ${t("model.tokens", asked.tokens)}`}</p>
      {asked.error && <p className="exchange-error">{t("model.error", { why: asked.error })}</p>}
      <h3>{t("model.given")}</h3>
      <pre tabIndex={0} dir="auto">{pretty(asked.given)}</pre>
      <h3>{t("model.written")}</h3>
      <pre tabIndex={0} dir="auto">{asked.written === undefined ? "—" : JSON.stringify(asked.written, null, 2)}</pre>
    </section>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
