/** Requests to go beyond the rules: money as it is typed, and what the server knows of them. */

import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";
import { Refused, type ExceptionView, type Money, type Remedy } from "@tandem/shared";
import { exceptionsKey } from "../live/keys";
import { api } from "../session/api";

export { exceptionsKey };
export const KINDS = ["refund", "discount", "replacement", "extension", "other"] as const;
export const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD"] as const;
export type Kind = (typeof KINDS)[number];
export type Verdict = "granted" | "changed" | "refused";

function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** 35 typed for CNY is 3500 minor units; for JPY, which has none, 35. */
export function toMinor(typed: number, currency: string): number {
  return Math.round(typed * 10 ** digitsOf(currency));
}

export function fromMinor({ amount, currency }: Money): number {
  return amount / 10 ** digitsOf(currency);
}

/** A whole per cent, of the cases that were decided. */
export function shareOf(granted: number, decided: number): number {
  return decided === 0 ? 0 : Math.round((granted / decided) * 100);
}

/** What is known of fewer than this many cases says little of how customers are treated. */
export const FEW = 5;

export function useExceptionsOf(conversation: string): readonly ExceptionView[] {
  return useQuery({ queryKey: [exceptionsKey, "of", conversation], queryFn: () => api.get<ExceptionView[]>(`/conversations/${conversation}/exceptions`) }).data ?? [];
}

/** Skills that could carry out a request of this kind for this customer. */
export function useRemedies(conversation: string, kind: Kind): readonly Remedy[] | undefined {
  return useQuery({ queryKey: ["remedies", conversation, kind], queryFn: () => api.get<Remedy[]>(`/conversations/${conversation}/remedies`, { kind }), staleTime: 60_000 }).data;
}

export type Which = "waiting" | "decided" | "to_do";

export function useExceptions(which: Which, wanted = true): UseQueryResult<ExceptionView[]> {
  return useQuery({ queryKey: [exceptionsKey, which], enabled: wanted, queryFn: () => api.get<ExceptionView[]>("/exceptions", { which }) });
}

export function useAgain(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: [exceptionsKey] }), [queries]);
}

/** Somebody else was faster, or the case was closed. */
export function isSettled(error: unknown): boolean {
  return error instanceof Refused && error.problem.type.endsWith("/exception-settled");
}
