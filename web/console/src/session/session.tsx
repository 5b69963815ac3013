/** Who is signed in. When the session ends the address stays, so that signing in again leads back to the same place. */

import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Refused, type Colleague, type Me } from "@tandem/shared";
import { isLanguage, keptLanguage, showLanguage, type Language } from "../i18n/i18n";
import { api, carryCsrf, whenSignedOut } from "./api";
import { may, type Permission } from "./permissions";

export type SessionState =
  | { status: "loading" }
  | { status: "out"; expired: boolean }
  | { status: "unreachable" }
  | { status: "in"; me: Me };

type Session = {
  state: SessionState;
  enter: (me: Me) => void;
  leave: () => Promise<void>;
  refresh: () => Promise<void>;
  speakLanguage: (language: Language) => Promise<void>;
  showPresence: (presence: Colleague) => void;
};

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [state, setState] = useState<SessionState>({ status: "loading" });
  const queries = useQueryClient();

  const enter = useCallback((me: Me) => {
    carryCsrf(me.csrf);
    if (isLanguage(me.user.locale)) void showLanguage(me.user.locale);
    setState({ status: "in", me });
  }, []);

  const refresh = useCallback(async () => {
    try {
      enter(await api.get<Me>("/me"));
    } catch (error) {
      setState((now) => {
        if (error instanceof Refused && error.status === 401) return { status: "out", expired: now.status === "in" };
        return now.status === "in" ? now : { status: "unreachable" };
      });
    }
  }, [enter]);

  const leave = useCallback(async () => {
    await api.post("/sign-out");
    queries.clear();
    setState({ status: "out", expired: false });
  }, [queries]);

  const speakLanguage = useCallback(
    async (language: Language) => {
      await showLanguage(language);
      if (state.status !== "in") return;
      setState((now) => (now.status === "in" ? { ...now, me: { ...now.me, user: { ...now.me.user, locale: language } } } : now));
      await api.patch("/me", { locale: language });
    },
    [state.status],
  );

  const showPresence = useCallback((presence: Colleague) => {
    setState((now) => (now.status === "in" && now.me.user.id === presence.id ? { ...now, me: { ...now.me, presence } } : now));
  }, []);

  useEffect(() => {
    whenSignedOut(() => setState((now) => ({ status: "out", expired: now.status === "in" || (now.status === "out" && now.expired) })));
    void showLanguage(keptLanguage()).then(refresh);
  }, [refresh]);

  const session = useMemo(
    () => ({ state, enter, leave, refresh, speakLanguage, showPresence }),
    [state, enter, leave, refresh, speakLanguage, showPresence],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside SessionProvider");
  return session;
}

/** Only below the signed-in part of the console. */
export function useMe(): Me {
  const { state } = useSession();
  if (state.status !== "in") throw new Error("useMe while nobody is signed in");
  return state.me;
}

export function useMay(permission: Permission): boolean {
  return may(useMe(), permission);
}
