import { type ReactNode } from "react";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ExceptionView } from "@tandem/shared";
import { useSayWhen } from "../conversation/OrderLine";
import { languageNow } from "../i18n/i18n";
import { sayMoney } from "../look/money";
import { CarryActions } from "./CarryActions";
import { DecideForm } from "./DecideForm";
import { Precedents } from "./Precedents";

type Props = { view: ExceptionView; open: boolean; onOpen: (on: boolean) => void };

/** One request: a line, and opened all that is needed to decide on it. */
export function Case({ view, open, onOpen }: Props): ReactNode {
  const { t } = useTranslation();
  const sayWhen = useSayWhen();
  const it = view.exception;
  const late = it.state === "waiting" && Date.parse(it.due_at) < Date.now();
  return (
    <li className={`panel case${open ? " case-open" : ""}`}>
      <button type="button" className="case-head" aria-expanded={open} onClick={() => onOpen(!open)}>
        <ChevronRight size={15} aria-hidden />
        <span className={`exception-state exception-${it.state}`}>{t(`exception.state.${it.state}`)}</span>
        <b className="clip" dir="auto">{it.what}</b>
        <span className="numbers case-cost">{sayMoney(it.granted_cost ?? it.cost, languageNow())}</span>
        <span className="quiet clip">{t("exception.askedBy", { kind: t(`exception.kind.${it.kind}`), by: it.by_name, customer: it.contact_name || t("voice.visitor") })}</span>
        <span className={late ? "case-late" : "quiet"}>{it.state === "waiting" ? t("exception.dueBy", { role: t(`role.${it.level}`), time: sayWhen(it.due_at) }) : it.decided_at && sayWhen(it.decided_at)}</span>
      </button>
      {open && (
        <div className="case-body">
          <div>
            <p className="case-why" dir="auto">{it.why}</p>
            <p><Link to={`/inbox/all/${it.conversation}`}>{t("exception.openCase")}</Link>{it.tier !== "" && <span className="quiet"> · {it.tier}</span>}</p>
            {it.granted_cost && (it.granted_what !== it.what || it.granted_cost.amount !== it.cost.amount) && <p>{t("exception.gave", { what: it.granted_what, amount: sayMoney(it.granted_cost, languageNow()), asked: sayMoney(it.cost, languageNow()) })}</p>}
            {view.remedy !== null && (
              <p className="case-remedy">{t("exception.carriedBy", { remedy: view.remedy })}{view.remedy_lines.map(({ title, value }) => <span key={title}>{title} <b className="numbers" dir="auto">{value}</b></span>)}</p>
            )}
            <Steps view={view} />
            <CarryActions view={view} />
            {view.may_decide && <DecideForm key={it.version} view={view} />}
            {it.state === "waiting" && !view.may_decide && <p className="quiet">{t("exception.notYours", { role: t(`role.${it.level}`) })}</p>}
          </div>
          <Precedents conversation={it.conversation} kind={it.kind} cost={it.cost} words={`${it.what} ${it.why}`} but={it.id} />
        </div>
      )}
    </li>
  );
}

function Steps({ view }: { view: ExceptionView }): ReactNode {
  const { t } = useTranslation();
  const sayWhen = useSayWhen();
  return (
    <ol className="steps">
      {view.steps.map((step, place) => (
        <li key={place}>
          <time className="quiet numbers" dateTime={step.at}>{sayWhen(step.at)}</time>
          <span>
            {t(`exception.step.${step.what}`, { name: step.by_name, role: t(`role.${step.level}`) })}
            {step.for_name !== null && <span className="quiet"> {t("exception.stoodIn", { name: step.for_name })}</span>}
            {place > 0 && step.reason !== "" && <q dir="auto">{step.reason}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
}
