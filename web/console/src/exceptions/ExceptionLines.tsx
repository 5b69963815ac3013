import { useState, type ReactNode } from "react";
import { App, Tooltip } from "antd";
import { HandCoins } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Conversation, ExceptionView } from "@tandem/shared";
import { useCommands } from "../commands/commands";
import { languageNow } from "../i18n/i18n";
import { useSayWhen } from "../conversation/OrderLine";
import { sayMoney } from "../look/money";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe } from "../session/session";
import { useAgain, useExceptionsOf } from "./exceptions";
import { CarryActions } from "./CarryActions";
import { ProposeDialog } from "./ProposeDialog";
import "./exceptions.css";

const SHOWN = 3;

/** What was asked for in this conversation beyond the rules and how it stands; whoever serves the customer may ask for more. */
export function ExceptionLines({ row, mine }: { row: Conversation; mine: boolean }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const found = useExceptionsOf(row.id);
  useCommands(mine ? [{ id: "exception", group: "conversation", label: t("exception.ask"), shortcut: "p", run: () => setAsking(true) }] : []);
  if (!mine && found.length === 0) return null;
  return (
    <div className="exception-lines">
      {mine && (
        <Tooltip title={<>{t("exception.ask")} <kbd>P</kbd></>}>
          <button type="button" className="order-button" onClick={() => setAsking(true)}><HandCoins size={13} aria-hidden /> <span>{t("exception.ask")}</span></button>
        </Tooltip>
      )}
      {found.slice(0, SHOWN).map((view) => <Line key={view.exception.id} view={view} />)}
      {asking && <ProposeDialog row={row} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Line({ view }: { view: ExceptionView }): ReactNode {
  const { exception: it, steps, may_decide } = view;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe().user.id;
  const again = useAgain();
  const sayWhen = useSayWhen();
  const withdraw = (): void => {
    api.post(`/exceptions/${it.id}/withdraw`, { version: it.version }).then(again, (error: unknown) => {
      again();
      void message.error(sayProblem(error));
    });
  };
  const reason = steps.at(-1)?.reason ?? "";
  return (
    <span className="exception-line" title={reason}>
      <span className={`exception-state exception-${it.state}`}>{t(`exception.state.${it.state}`)}</span>
      <span className="clip" dir="auto">{it.granted_what ?? it.what}</span>
      <span className="numbers">{sayMoney(it.granted_cost ?? it.cost, languageNow())}</span>
      {it.state === "waiting" && <span className="quiet">{t("exception.waitsFor", { role: t(`role.${it.level}`), time: sayWhen(it.due_at) })}</span>}
      {it.carried && it.carried !== "running" && <span className={`quiet exception-carried-${it.carried}`}>{t(`exception.carried.${it.carried}`, { detail: it.carried_detail })}</span>}
      <CarryActions view={view} />
      {it.state === "waiting" && it.by === me && <button type="button" className="bare-button" onClick={withdraw}>{t("exception.withdraw")}</button>}
      {may_decide && <Link to="/approvals/waiting">{t("exception.decide")}</Link>}
    </span>
  );
}
