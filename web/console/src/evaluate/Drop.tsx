import type { ReactNode } from "react";
import { App } from "antd";
import { Trash2 } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Evaluation } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { evaluationsKey } from "./figures";

/** Deletes a judging and its files, once that was confirmed. */
export function Drop({ it, onDropped }: { it: Evaluation; onDropped?: () => void }): ReactNode {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const drop = async (): Promise<void> => {
    try {
      await api.delete(`/evaluations/${it.id}`);
      onDropped?.();
      await queries.invalidateQueries({ queryKey: evaluationsKey, exact: true });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  const ask = (): void =>
    void modal.confirm({
      title: t("evaluate.dropTitle", { name: it.name }), content: t("evaluate.dropConfirm"), okText: t("evaluate.drop"), okButtonProps: { danger: true }, cancelText: t("common.cancel"), onOk: drop,
    });
  return <button type="button" className="icon-button" onClick={ask} aria-label={`${t("evaluate.drop")} · ${it.name}`} title={t("evaluate.drop")}><Trash2 size={15} /></button>;
}
