import type { Money } from "@tandem/shared";

/** 129900 CNY is ¥1,299.00; JPY has no minor unit, which the currency's own rules know. */
export function sayMoney({ amount, currency }: Money, locale: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${(amount / 100).toFixed(2)} ${currency}`;
  }
}
