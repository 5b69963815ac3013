import { useState, type ReactNode } from "react";
import { Package, ShoppingBag } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isSafeHref, sayClock, sayDate, type Card, type OrderCard, type ProductCard } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { sayMoney } from "../look/money";
import "./cards.css";

const STEPS_FOLDED = 2;

export function CardView({ card }: { card: Card }): ReactNode {
  return card.type === "product" ? <Product card={card} /> : <Order card={card} />;
}

function Product({ card }: { card: ProductCard }): ReactNode {
  const { t } = useTranslation();
  const title = card.url && isSafeHref(card.url) ? <a href={card.url} target="_blank" rel="noopener noreferrer">{card.title}</a> : card.title;
  return (
    <article className="card card-product">
      <Picture url={card.picture} alt={t("card.picture")} fallback={<ShoppingBag />} />
      <div className="card-words">
        <b dir="auto">{title}</b>
        {card.variant && <span className="quiet">{card.variant}</span>}
        <span className="card-line">
          {card.price && <span className="card-price numbers">{sayMoney(card.price, languageNow())}</span>}
          {card.stock !== null && (
            <span className={card.stock > 0 ? "card-good" : "card-bad"}>{card.stock > 0 ? t("card.stock", { count: card.stock }) : t("card.noStock")}</span>
          )}
        </span>
      </div>
    </article>
  );
}

function Order({ card }: { card: OrderCard }): ReactNode {
  const { t } = useTranslation();
  const now = useMinute();
  const manner = { locale: languageNow() };
  return (
    <article className="card card-order">
      <header className="card-line">
        <b className="numbers clip">{card.number}</b>
        <span className="card-state">{card.state_label}</span>
      </header>
      <ul className="card-items">
        {card.items.map((item, index) => (
          <li key={index}>
            <Picture url={item.picture} alt="" fallback={<Package />} small />
            <span className="card-item-title" dir="auto">{item.title}</span>
            <span className="quiet numbers">{t("card.quantity", { count: item.quantity })}</span>
          </li>
        ))}
      </ul>
      <p className="card-line card-facts quiet">
        <span>{t("card.placed", { date: sayDate(card.placed_at, now, manner) })}</span>
        {card.total && <span className="card-price numbers">{sayMoney(card.total, manner.locale)}</span>}
      </p>
      {(card.carrier ?? card.tracking) !== null && (
        <p className="card-line card-facts quiet">
          <span className="clip">{[card.carrier, card.tracking].filter(Boolean).join(" ")}</span>
          {card.eta && <span>{t("card.eta", { date: sayDate(card.eta, now, manner) })}</span>}
        </p>
      )}
      <Steps steps={card.steps} />
    </article>
  );
}

/** The newest step first: that is where the parcel is. */
function Steps({ steps }: { steps: OrderCard["steps"] }): ReactNode {
  const { t } = useTranslation();
  const now = useMinute();
  const [all, setAll] = useState(false);
  if (steps.length === 0) return null;
  const manner = { locale: languageNow() };
  const newest = [...steps].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <>
      <ol className="card-steps">
        {(all ? newest : newest.slice(0, STEPS_FOLDED)).map((step, index) => (
          <li key={index}>
            <span dir="auto">{step.text}</span>
            <span className="quiet numbers">{sayDate(step.at, now, manner)} {sayClock(step.at, manner)}{step.place && ` · ${step.place}`}</span>
          </li>
        ))}
      </ol>
      {newest.length > STEPS_FOLDED && (
        <button type="button" className="bare-button card-more" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("card.fewer") : t("card.steps", { count: newest.length })}
        </button>
      )}
    </>
  );
}

function Picture({ url, alt, fallback, small = false }: { url: string | null; alt: string; fallback: ReactNode; small?: boolean }): ReactNode {
  const [broken, setBroken] = useState(false);
  const shown = url !== null && isSafeHref(url) && !broken;
  return (
    <span className={`card-picture${small ? " card-picture-small" : ""}`}>
      {shown ? <img src={url} alt={alt} loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} /> : fallback}
    </span>
  );
}
