import { useMemo, type ReactNode } from "react";
import { Button } from "antd";
import { Info, PackageSearch, TriangleAlert } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Card, CustomerOrders, Entry, OrderCard } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { CardView } from "../conversation/Cards";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

/** All orders of a customer whom the shop vouches for; of a guest, those that were looked up in what is open. */
export function OrdersTab({ contact, entries }: { contact: string; entries: readonly Entry[] }): ReactNode {
  const { t } = useTranslation();
  const orders = useQuery({ queryKey: ["orders", contact], queryFn: () => api.get<CustomerOrders>(`/contacts/${contact}/orders`), staleTime: 60_000 });
  if (orders.isPending) return <Waiting rows={4} />;
  if (orders.isError) return <FailedState title={t("problem.load")} hint={sayProblem(orders.error)} onRetry={() => void orders.refetch()} />;
  const { cards, problem, signed_in } = orders.data;
  if (!signed_in) return <LookedUp entries={entries} />;
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
      <Cards cards={cards} />
    </div>
  );
}

function LookedUp({ entries }: { entries: readonly Entry[] }): ReactNode {
  const { t } = useTranslation();
  const cards = useMemo(() => ordersIn(entries), [entries]);
  if (cards.length === 0) return <StatePage icon={<PackageSearch />} title={t("panel.ordersGuest")} hint={t("panel.ordersGuestHint")} />;
  return (
    <div className="orders">
      <p className="orders-note quiet"><Info size={14} aria-hidden /> {t("panel.ordersHere")}</p>
      <Cards cards={cards} />
    </div>
  );
}

function Cards({ cards }: { cards: readonly Card[] }): ReactNode {
  return cards.map((card, index) => <CardView key={card.type === "order" ? card.number : index} card={card} />);
}

/** Each order once, as it was last seen, the last looked up first. */
function ordersIn(entries: readonly Entry[]): OrderCard[] {
  const byNumber = new Map<string, OrderCard>();
  for (const { body } of entries) {
    if (body.type !== "message") continue;
    for (const card of body.cards) {
      if (card.type !== "order") continue;
      byNumber.delete(card.number);
      byNumber.set(card.number, card);
    }
  }
  return [...byNumber.values()].reverse();
}
