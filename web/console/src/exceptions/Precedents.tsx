import { type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Money, Precedents as Found } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { sayMoney } from "../look/money";
import { api } from "../session/api";
import { exceptionsKey, type Kind } from "./exceptions";

type Props = { conversation: string; kind: Kind; cost: Money | null; words: string; but?: string };

/** What was decided in like cases, beside the form of whoever asks or decides. */
export function Precedents({ conversation, kind, cost, words, but }: Props): ReactNode {
  const { t } = useTranslation();
  const asked = { kind, cost: cost?.amount, currency: cost?.currency, words: words.trim().slice(0, 400), but };
  const like = useQuery({
    queryKey: [exceptionsKey, "like", conversation, asked],
    enabled: cost !== null,
    queryFn: () => api.get<Found>(`/conversations/${conversation}/precedents`, asked),
    placeholderData: (before: Found | undefined) => before,
  });
  return (
    <section className="like" aria-label={t("exception.like")} aria-live="polite">
      <h3>{t("exception.like")}</h3>
      {cost === null && <p className="quiet">{t("exception.likeLater")}</p>}
      {like.isError && <p className="quiet">{t("exception.likeFailed")}</p>}
      {cost !== null && like.data && <LikeCases found={like.data} currency={cost.currency} />}
    </section>
  );
}

function LikeCases({ found, currency }: { found: Found; currency: string }): ReactNode {
  const { t } = useTranslation();
  const money = (amount: number): string => sayMoney({ amount, currency }, languageNow());
  if (found.decided === 0) return <p className="quiet">{t("exception.likeNone")}</p>;
  return (
    <>
      <p className="like-number numbers">{t("exception.likeSome", { granted: found.granted, decided: found.decided })}{found.median !== null && <span>{t("exception.likeMedian", { amount: money(found.median) })}</span>}</p>
      {found.tier !== "" && found.tier_decided > 0 && <p className="quiet numbers">{t("exception.likeTier", { tier: found.tier, granted: found.tier_granted, decided: found.tier_decided })}</p>}
      <ul>
        {found.cases.map((like) => (
          <li key={like.id}>
            <span className={`exception-state exception-${like.state}`}>{t(`exception.state.${like.state}`)}</span>
            <Link to={`/inbox/all/${like.conversation}`} className="clip" dir="auto" title={like.why}>{like.what}</Link>
            <span className="numbers quiet">{money(like.granted_cost?.amount ?? like.cost.amount)}</span>
            <q className="quiet clip" dir="auto">{like.reason}</q>
          </li>
        ))}
      </ul>
    </>
  );
}
