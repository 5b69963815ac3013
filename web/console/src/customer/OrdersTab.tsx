import type { ReactNode } from "react";
import { Button } from "antd";
import { PackageSearch, TriangleAlert } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Card } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { CardView } from "../conversation/Cards";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

type Orders = { cards: Card[]; problem: string | null };

export function OrdersTab({ contact }: { contact: string }): ReactNode {
  const { t } = useTranslation();
  const orders = useQuery({ queryKey: ["orders", contact], queryFn: () => api.get<Orders>(`/contacts/${contact}/orders`), staleTime: 60_000 });
  if (orders.isPending) return <Waiting rows={4} />;
  if (orders.isError) return <FailedState title={t("problem.load")} hint={sayProblem(orders.error)} onRetry={() => void orders.refetch()} />;
  const { cards, problem } = orders.data;
  return (
    <div className="orders">
      {problem !== null && (
        <div className="orders-problem" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <p>{problem}</p>
          <Button size="small" onClick={() => void orders.refetch()} loading={orders.isFetching}>{t("common.retry")}</Button>
        </div>
      )}
      {cards.length === 0 && problem === null && <StatePage icon={<PackageSearch />} title={t("panel.ordersEmpty")} hint={t("panel.ordersEmptyHint")} />}
      {cards.map((card, index) => <CardView key={card.type === "order" ? card.number : index} card={card} />)}
    </div>
  );
}
