import type { ReactNode } from "react";
import { AlarmClock, ArrowRightLeft, BadgeCheck, CircleCheck, Clock4, CornerUpLeft, HandCoins, Headset, Merge, PencilLine, RotateCcw, Sparkles, Star, UserRound, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayClock, type Entry } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { sayMoney } from "../look/money";
import { useMe } from "../session/session";
import { useSayWhen } from "./OrderLine";

type Look = { icon: ReactNode; tone: "ai" | "agent" | "wait" | "done" | "plain" };

const LOOKS: Record<string, Look> = {
  handed_off: { icon: <UsersRound />, tone: "wait" },
  accepted: { icon: <UserRound />, tone: "agent" },
  transferred: { icon: <ArrowRightLeft />, tone: "agent" },
  handed_back: { icon: <Sparkles />, tone: "ai" },
  returned: { icon: <CornerUpLeft />, tone: "ai" },
  waits: { icon: <UsersRound />, tone: "wait" },
  resolved: { icon: <CircleCheck />, tone: "done" },
  reopened: { icon: <RotateCcw />, tone: "ai" },
  verified: { icon: <BadgeCheck />, tone: "done" },
  rated: { icon: <Star />, tone: "plain" },
  snoozed: { icon: <Clock4 />, tone: "plain" },
  woken: { icon: <AlarmClock />, tone: "wait" },
  corrected: { icon: <PencilLine />, tone: "plain" },
  joined: { icon: <Merge />, tone: "plain" },
  exception: { icon: <HandCoins />, tone: "wait" },
  stepped_in: { icon: <Headset />, tone: "agent" },
};

/** Where one voice takes over from the other, or something about the conversation changes: never a surprise. */
export function Seam({ entry }: { entry: Entry }): ReactNode {
  const words = useSeamWords(entry);
  const look = LOOKS[entry.body.type];
  const comment = entry.body.type === "rated" ? entry.body.comment : "";
  return (
    <div className={`seam seam-${look?.tone ?? "plain"}`}>
      <span className="seam-words">
        {look?.icon}
        <span>{words}</span>
        <time className="numbers" dateTime={entry.at}>{sayClock(entry.at, { locale: languageNow() })}</time>
      </span>
      {comment && <q className="seam-comment" dir="auto">{comment}</q>}
    </div>
  );
}

function useSeamWords({ by, body }: Entry): string {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const sayWhen = useSayWhen();
  switch (body.type) {
    case "handed_off":
      return t("seam.handed_off", { reason: t(`reason.${body.reason}`, { defaultValue: body.reason }) });
    case "accepted":
      return by.id === me ? t("seam.accepted_me") : t("seam.accepted", { name: by.name });
    case "transferred":
      if (by.kind === "system") return t("seam.transferred_absent");
      if (body.to === null && body.name !== "") return t("seam.transferred_to_queue", { by: by.name, name: body.name });
      return body.to === null ? t("seam.transferred_queue", { by: by.name }) : t("seam.transferred", { by: by.name, name: body.name });
    case "handed_back":
      return t("seam.handed_back", { name: by.name });
    case "resolved":
      return by.kind === "agent" ? t("seam.resolved", { name: by.name }) : t("seam.resolved_system");
    case "verified":
      return t(`seam.verified_${body.how}`);
    case "rated":
      return t("seam.rated", { score: body.score });
    case "helped":
      return t(body.yes ? "seam.helped" : "seam.not_helped");
    case "waits":
      return t(`seam.waits_${body.how}`);
    case "returned":
    case "reopened":
      return t(`seam.${body.type}`);
    case "snoozed":
      return t("order.seamSnoozed", { name: by.name, time: sayWhen(body.until) });
    case "woken":
      return t(`order.woken.${body.because}`, { name: by.name });
    case "corrected": {
      const key = t(`fact.${body.key}`, { defaultValue: body.key });
      return body.now === null ? t("order.withdrawn", { key }) : t("order.corrected", { key, now: body.now });
    }
    case "exception": {
      const kind = t(`exception.kind.${body.kind}`);
      const amount = body.amount === null ? "" : ` ${sayMoney(body.amount, languageNow())}`;
      return t(`exception.seam.${body.state}`, { kind }) + amount;
    }
    case "stepped_in":
      return t(body.left ? "supervise.seamOut" : "supervise.seamIn", { name: by.name });
    case "joined":
      return t(body.undone ? "order.parted" : body.into ? "order.joinedInto" : "order.joined");
    case "message":
    case "note":
    case "skill_called":
      return "";
  }
}
