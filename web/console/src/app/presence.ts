import { useCallback } from "react";
import { App } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Colleague, Presence } from "@tandem/shared";
import { colleaguesKey } from "../live/keys";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe, useSession } from "../session/session";

export const PRESENCES: readonly Presence[] = ["online", "busy", "break", "offline"];

export function usePresence(): { presence: Colleague; choose: (state: Presence, reason?: string) => void } {
  const { presence } = useMe();
  const { showPresence } = useSession();
  const { message } = App.useApp();
  const choose = useCallback(
    (state: Presence, reason = "") => {
      api.put<Colleague>("/me/presence", { state, reason }).then(showPresence, (error: unknown) => void message.error(sayProblem(error)));
    },
    [showPresence, message],
  );
  return { presence, choose };
}

/** What a break is for, or why somebody was put on one. */
export function useSayReason(): (colleague: Colleague) => string {
  const { t } = useTranslation();
  return ({ reason }) => (reason === "missed" || reason === "absent" ? t(`presence.because.${reason}`) : reason);
}

export function useColleagues(): Colleague[] | undefined {
  return useQuery({ queryKey: colleaguesKey, queryFn: () => api.get<Colleague[]>("/colleagues") }).data;
}
