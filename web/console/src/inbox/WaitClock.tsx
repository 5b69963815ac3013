import type { ReactNode } from "react";
import { Timer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../live/ticker";
import { pressureOf, sayWait, waitedSeconds } from "./waitingTime";
import "./wait-clock.css";

export function WaitClock({ since, icon = false }: { since: string; icon?: boolean }): ReactNode {
  const { t } = useTranslation();
  const seconds = waitedSeconds(since, useNow());
  const time = sayWait(seconds);
  return (
    <span className={`wait-clock numbers wait-${pressureOf(seconds)}`} title={t("inbox.waiting", { time })}>
      {icon && <Timer aria-hidden />}
      {time}
    </span>
  );
}
