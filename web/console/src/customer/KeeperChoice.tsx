import { type ReactNode } from "react";
import { App, Select } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useColleagues } from "../app/presence";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";

/** Who looks after a customer for good: routing asks that colleague first, where its rule says so. */
export function KeeperChoice({ contact }: { contact: string }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const key = ["keeper", contact];
  const agent = useQuery({ queryKey: key, queryFn: () => api.get<{ agent: string | null }>(`/contacts/${contact}/keeper`) }).data?.agent ?? null;
  const colleagues = useColleagues() ?? [];
  const mayAssign = useMay("conversation:assign");
  if (!mayAssign) return colleagues.find(({ id }) => id === agent)?.name ?? <span className="quiet">{t("panel.keeperNone")}</span>;
  const choose = async (chosen: string | null): Promise<void> => {
    await client.cancelQueries({ queryKey: key });
    client.setQueryData(key, { agent: chosen });
    try {
      await api.put(`/contacts/${contact}/keeper`, { agent: chosen });
    } catch (error) {
      message.error(sayProblem(error));
    }
    await client.invalidateQueries({ queryKey: key });
  };
  return (
    <Select
      size="small" className="keeper-choice" aria-label={t("panel.keeper")} value={colleagues.length > 0 ? agent : null} placeholder={t("panel.keeperNone")} allowClear
      showSearch optionFilterProp="label" options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} onChange={(chosen) => void choose(chosen ?? null)}
    />
  );
}
