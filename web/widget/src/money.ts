import type { Manner, Money } from "@tandem/shared";

/** As a shop writes it, ¥1,299. Minor units are as many digits as the currency has: two for CNY, none for JPY. */
export function sayMoney({ amount, currency }: Money, { locale }: Manner): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol", trailingZeroDisplay: "stripIfInteger" });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
