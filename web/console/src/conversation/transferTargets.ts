/** Whom a conversation can be given to, in an order that stands while one looks at it. */

import type { Colleague } from "@tandem/shared";

const ORDER: Record<Colleague["state"], number> = { online: 0, wrap_up: 1, busy: 2, break: 3, offline: 4 };

/** Who is there and has least to do comes first. */
export function byReadiness(colleagues: readonly Colleague[]): Colleague[] {
  return [...colleagues].sort((one, other) => ORDER[one.state] - ORDER[other.state] || one.open - other.open);
}

/** As `order` has them, by id, whatever has become of them since; who came later stands behind. */
export function inOrder<T extends { id: string }>(items: readonly T[], order: readonly string[]): T[] {
  const place = new Map(order.map((id, index) => [id, index]));
  return [...items].sort((one, other) => (place.get(one.id) ?? order.length) - (place.get(other.id) ?? order.length));
}
