/** What stands on the cards of products and orders. */

import { inLanguage } from "./part";

export const ZH = {
  inStock: "有货",
  fewLeft: (count: number) => `仅剩 ${count} 件`,
  outOfStock: "暂时无货",
  view: "查看商品",
  order: "订单",
  total: "合计",
  tracking: "运单号",
  eta: "预计送达",
  allSteps: (count: number) => `查看全部 ${count} 条进度`,
  lastStep: "收起进度",
  moreItems: (count: number) => `另有 ${count} 件商品`,
};

export const EN: typeof ZH = {
  inStock: "In stock",
  fewLeft: (count) => `Only ${count} left`,
  outOfStock: "Out of stock",
  view: "View product",
  order: "Order",
  total: "Total",
  tracking: "Tracking no.",
  eta: "Arriving",
  allSteps: (count) => `Show all ${count} updates`,
  lastStep: "Show less",
  moreItems: (count) => `and ${count} more`,
};

export const words = inLanguage(ZH, EN);
