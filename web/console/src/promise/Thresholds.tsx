import type { ReactNode } from "react";
import { CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PromiseAccount } from "@tandem/shared";
import { percent, REACHABLE } from "./promise";

export function Thresholds({ accounts }: { accounts: readonly PromiseAccount[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h2>{t("promise.thresholds")}</h2>
      <p className="panel-lead">{t("promise.thresholdsLead")}</p>
      <div className="promise-scroll" tabIndex={0} role="region" aria-label={t("promise.thresholds")}>
        <table className="promise-table">
          <thead>
            <tr><th>{t("promise.category")}</th><th>{t("promise.line")}</th><th>{t("promise.judged")}</th><th>{t("promise.wrong")}</th><th>{t("promise.proof")}</th></tr>
          </thead>
          <tbody>
            {accounts.map((account) => <Row key={account.category} account={account} />)}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ account }: { account: PromiseAccount }): ReactNode {
  const { t } = useTranslation();
  return (
    <tr>
      <td>{account.category === "" ? t("promise.others") : <bdi>{account.category}</bdi>}</td>
      <td className="numbers">{account.least > REACHABLE ? t("promise.never") : percent(account.least)}</td>
      <td className="numbers">{account.judged}</td>
      <td className="numbers">{account.wrong}</td>
      <td>
        {account.proven
          ? <span className="promise-proven"><CircleCheck aria-hidden /> {t("promise.proven")}</span>
          : <span className="quiet promise-proof"><CircleDashed aria-hidden /> {t("promise.unproven", { needed: account.needed })}</span>}
        {account.unhelpful > 0 && <span className="promise-unhelpful"><TriangleAlert aria-hidden /> {t("promise.unhelpful", { count: account.unhelpful })}</span>}
      </td>
    </tr>
  );
}
