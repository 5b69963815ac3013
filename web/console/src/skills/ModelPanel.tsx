import type { ReactNode } from "react";
import type { ModelBoard, ModelUse } from "@tandem/shared";
import { Table } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../session/api";
import { useMay } from "../session/session";

/** What the language model was used for, by day, and how much of today's budget is left. */
export function ModelPanel(): ReactNode {
  const { t } = useTranslation();
  const allowed = useMay("answer:inspect");
  const board = useQuery({ queryKey: ["model"], queryFn: () => api.get<ModelBoard>("/assistant/model"), enabled: allowed });
  if (!allowed || !board.data) return null;
  const { model, masks, days } = board.data;
  return (
    <section className="panel" aria-label={t("model.title")}>
      <h2>{t("model.title")}{model && <span className="skill-kind">{model}</span>}</h2>
      <p className="panel-lead">{model ? t("model.lead") : t("model.none")}{masks && ` ${t("model.masks")}`}</p>
      <Budget board={board.data} />
      {model && days.length === 0 && <p className="quiet">{t("model.noUse")}</p>}
      {days.length > 0 && <Days days={days} />}
    </section>
  );
}

function Budget({ board }: { board: ModelBoard }): ReactNode {
  const { t, i18n } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  const used = board.days.filter(({ day }) => day === today);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const tokens = used.reduce((sum, it) => sum + it.input_tokens + it.output_tokens, 0);
  const cost = used.reduce((sum, it) => sum + it.cost, 0);
  return (
    <>
      {board.daily_tokens > 0 && <p className="numbers">{t("model.budget", { used: number.format(tokens), limit: `${number.format(board.daily_tokens)} token` })}</p>}
      {board.daily_cost > 0 && <p className="numbers">{t("model.budget", { used: number.format(cost), limit: number.format(board.daily_cost) })}</p>}
    </>
  );
}

function Days({ days }: { days: readonly ModelUse[] }): ReactNode {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 4 });
  const column = (name: "calls" | "cached" | "failed" | "input_tokens" | "output_tokens" | "cost", title: string): object => ({
    dataIndex: name, title, align: "end", render: (value: number) => number.format(value),
  });
  return (
    <Table<ModelUse>
      size="small" rowKey={({ day, model }) => `${day}${model}`} dataSource={[...days]} pagination={{ pageSize: 7, hideOnSinglePage: true }} scroll={{ x: "max-content" }} className="numbers"
      columns={[
        { dataIndex: "day", title: t("model.day") }, { dataIndex: "model", title: t("model.title") }, column("calls", t("model.calls")), column("cached", t("model.cached")), column("failed", t("model.failed")),
        column("input_tokens", t("model.input")), column("output_tokens", t("model.output")), column("cost", t("model.cost")),
      ]}
    />
  );
}
