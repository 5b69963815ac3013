/** The settings of routing, as they are asked for, saved and told apart. */

import { useState } from "react";
import { App } from "antd";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { OpeningHours, QueueConfig, RoutingRule, RoutingSettings } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

const routingKey = ["routing"] as const;
export const CRITERIA: readonly RoutingRule["order"][number][] = ["last_agent", "keeper", "expertise", "least_loaded", "longest_idle"];
export const MAIN_QUEUE = "00000000-0000-7000-8000-000000000001";
export const REASONS = [
  "asks_human", "complaint", "anger", "vip_or_high_value", "special_request", "complex_multi_issue", "bot_failed_repeatedly", "fraud_or_security",
  "legal_medical_finance_advice", "safety", "distress", "assistant_unavailable",
] as const;
export const FRESH: QueueConfig = {
  takes: { channels: [], reasons: [], languages: [], tiers: [] }, needs: [], teams: [], language_after: 60, target: 60, offer_seconds: 25, wrap_up_seconds: 0,
  most_waiting: null, hours: null, overflow: [],
};

export function useRouting(): UseQueryResult<RoutingSettings> {
  return useQuery({ queryKey: routingKey, queryFn: () => api.get<RoutingSettings>("/routing") });
}

/** Runs what saves something, says how it went, and asks for the settings anew. True when it was saved. */
export function useSaving(): { busy: boolean; save: (act: () => Promise<unknown>) => Promise<boolean> } {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const save = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await act();
      await queries.invalidateQueries({ queryKey: routingKey });
      message.success(t("common.saved"));
      return true;
    } catch (error) {
      message.error(sayProblem(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, save };
}

type Span = OpeningHours["opening"]["week"][number][number];

/** "09:00-12:00, 13:00-18:00"; empty when closed. */
export function writeSpans(spans: readonly Span[]): string {
  return spans.map(({ start, end }) => `${writeMinutes(start)}-${writeMinutes(end)}`).join(", ");
}

/** Days in a row with the same hours are one: "Mon–Fri 09:00-18:00 · Sat 10:00-14:00". */
export function sayWeek(week: readonly (readonly Span[])[], dayName: (day: number) => string): string {
  const said: string[] = [];
  for (let first = 0; first < week.length; ) {
    const hours = writeSpans(week[first] ?? []);
    let last = first;
    while (last + 1 < week.length && writeSpans(week[last + 1] ?? []) === hours) last++;
    if (hours !== "") said.push(`${dayName(first)}${last > first ? `–${dayName(last)}` : ""} ${hours}`);
    first = last + 1;
  }
  return said.join(" · ");
}

/** Null for what is not a list of times in order. */
export function readSpans(text: string): Span[] | null {
  const spans: Span[] = [];
  for (const part of text.split(/[,，;；]/).map((piece) => piece.trim()).filter(Boolean)) {
    const found = /^(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})$/.exec(part);
    if (!found) return null;
    const [start, end] = [Number(found[1]) * 60 + Number(found[2]), Number(found[3]) * 60 + Number(found[4])];
    if (Number(found[2]) > 59 || Number(found[4]) > 59 || end > 1440 || start >= end || start < (spans.at(-1)?.end ?? 0)) return null;
    spans.push({ start, end });
  }
  return spans;
}

/** A line each: the date, its hours if it has any, a name. Null for what is not. */
export function readHolidays(text: string): { on: string; name: string; spans: Span[] }[] | null {
  const days = [];
  for (const line of text.split("\n").map((it) => it.trim()).filter(Boolean)) {
    const found = /^(\d{4}-\d{2}-\d{2})(?:\s+([\d:,\s–—~至-]+?))?(?:\s+(\D.*))?$/.exec(line);
    const spans = found ? readSpans(found[2] ?? "") : null;
    if (!found?.[1] || spans === null || Number.isNaN(Date.parse(found[1]))) return null;
    days.push({ on: found[1], name: (found[3] ?? "").slice(0, 60), spans });
  }
  return days;
}

function writeMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
