import { expect, it } from "vitest";
import { sayMoney } from "../src/money";

it("a price is written as the shop and the assistant write it: without cents where there are none", () => {
  const say = (amount: number, currency: string): string => sayMoney({ amount, currency }, { locale: "zh-CN" });
  expect([say(129900, "CNY"), say(129950, "CNY"), say(1299, "JPY")]).toEqual(["¥1,299", "¥1,299.50", "¥1,299"]);
});
