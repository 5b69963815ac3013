import { Fragment, h, type Child } from "../elements/jsx";
import { isSafeHref, sayClock, sayDate, type Card, type OrderCard, type ProductCard } from "@tandem/shared";
import { sayMoney } from "../money";
import { base, manner } from "../view/here";
import { NoPicture } from "../view/icons";
import { Link } from "../view/markdown";
import style from "./cards.css?inline";
import { words } from "./cards.words";
import { part, useState } from "./part";

/** At or below this many in stock a customer wants to know. */
const FEW = 5;

function Cards({ cards }: { cards: readonly Card[] }): Child {
  return <>{cards.map((card) => (card.type === "product" ? <Product card={card} /> : <Order card={card} />))}</>;
}

function Product({ card }: { card: ProductCard }): Child {
  return (
    <div class="card product stack">
      <Picture address={card.picture} size={72} />
      <div class="grow">
        <div class="lines" dir="auto">
          {card.title}
        </div>
        {card.variant && <div class="quiet">{card.variant}</div>}
        <div class="line">
          {card.price && <b>{sayMoney(card.price, manner)}</b>}
          {card.stock !== null && <Stock count={card.stock} />}
        </div>
        {card.url && isSafeHref(card.url) && <Link href={card.url}>{words().view}</Link>}
      </div>
    </div>
  );
}

function Stock({ count }: { count: number }): Child {
  if (count <= 0) return <span class="stock none">{words().outOfStock}</span>;
  return <span class={`stock ${count <= FEW ? "few" : "some"}`}>{count <= FEW ? words().fewLeft(count) : words().inStock}</span>;
}

const ITEMS = 3;

function Order({ card }: { card: OrderCard }): Child {
  const hidden = card.items.length - ITEMS;
  return (
    <div class="card stack">
      <div class="line">
        <span class="quiet">{words().order}</span>
        <b>{card.number}</b>
        <span class="pill">{card.state_label}</span>
      </div>
      {card.items.slice(0, ITEMS).map((item) => (
        <div class="line">
          <Picture address={item.picture} size={36} />
          <span class="grow clip" dir="auto">
            {item.title}
          </span>
          <span class="quiet">×{item.quantity}</span>
        </div>
      ))}
      {hidden > 0 && <div class="quiet">{words().moreItems(hidden)}</div>}
      <dl>
        {card.total && <Fact name={words().total} value={sayMoney(card.total, manner)} />}
        {card.tracking && <Fact name={card.carrier ?? words().tracking} value={card.tracking} />}
        {card.eta && <Fact name={words().eta} value={sayDate(card.eta, Date.now(), manner)} />}
      </dl>
      {card.steps.length > 0 && <Steps card={card} />}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }): Child {
  return (
    <div class="fact line">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The way of the parcel, newest on top; folded to the newest, which is what is asked for. */
function Steps({ card }: { card: OrderCard }): Child {
  const [all, setAll] = useState(false);
  const newest = [...card.steps].sort((one, other) => other.at.localeCompare(one.at));
  return (
    <>
      <ol class="steps">
        {(all ? newest : newest.slice(0, 1)).map((step) => (
          <li>
            <span dir="auto">{step.text}</span>
            <div class="quiet small">
              {sayDate(step.at, Date.now(), manner)} {sayClock(step.at, manner)}
              {step.place && ` · ${step.place}`}
            </div>
          </li>
        ))}
      </ol>
      {newest.length > 1 && (
        <button class="link" aria-expanded={all} onclick={() => setAll(!all)}>
          {all ? words().lastStep : words().allSteps(newest.length)}
        </button>
      )}
    </>
  );
}

function Picture({ address, size }: { address: string | null; size: number }): Child {
  const [broken, setBroken] = useState(false);
  if (!address || broken || !isSafeHref(address))
    return <NoPicture size={size} />;
  const source = new URL(address, base).href;
  return <img class="picture" src={source} alt="" width={size} height={size} loading="lazy" onerror={() => setBroken(true)} />;
}

export default part(Cards, style);
