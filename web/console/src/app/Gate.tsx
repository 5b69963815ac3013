/** Signed in: the desk. Else: the sign-in page at the same address, so that one comes back to where one was. */

import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CommandProvider } from "../commands/commands";
import { DeskProvider } from "../live/DeskProvider";
import { useSession } from "../session/session";
import { Shell } from "./Shell";
import { FailedState } from "./StatePage";

const SignInPage = lazy(() => import("../session/SignInPage"));

export function Gate(): ReactNode {
  const { state, refresh } = useSession();
  const { t } = useTranslation();
  switch (state.status) {
    case "loading":
      return null;
    case "unreachable":
      return <FailedState title={t("problem.unreachable")} hint={t("problem.unreachableDetail")} onRetry={() => void refresh()} />;
    case "out":
      return (
        <Suspense fallback={null}>
          <SignInPage expired={state.expired} />
        </Suspense>
      );
    case "in":
      return (
        <DeskProvider key={state.me.user.id}>
          <CommandProvider>
            <Shell />
          </CommandProvider>
        </DeskProvider>
      );
  }
}
