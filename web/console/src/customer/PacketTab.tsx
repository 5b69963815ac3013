import type { ReactNode } from "react";
import { ArrowUpRight, Ban, Check, FileText, MoveRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayTime, type Cited, type Packet } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { Arguments } from "../conversation/Skills";
import { languageNow } from "../i18n/i18n";
import { heatOf } from "../inbox/emotions";
import { useMinute } from "../live/ticker";

type Cite = (seq: number) => void;

/** What the one who takes over is given: every statement leads to the entry it comes from. */
export function PacketTab({ packet, onCite }: { packet: Packet | null; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  if (!packet) return <StatePage icon={<FileText />} title={t("panel.noPacket")} hint={t("panel.noPacketHint")} />;
  const reason = t(`reason.${packet.reason}`, { defaultValue: packet.reason });
  return (
    <div className="packet">
      <section className="packet-top">
        <p className="packet-summary" dir="auto">{packet.summary}</p>
        <p className="packet-reason">
          <span className="packet-why">{reason} <Refs seqs={packet.evidence} onCite={onCite} /></span>
          {packet.risk.filter((risk) => risk !== packet.reason).map((risk) => <span key={risk} className="packet-risk">{t(`reason.${risk}`, { defaultValue: risk })}</span>)}
          {packet.urgency >= 2 && <span className="packet-risk">{t(`panel.urgency.${packet.urgency}`)}</span>}
        </p>
      </section>
      <p className="packet-next"><b>{t("packet.next")}</b> {t(`packet.step.${packet.next_step}`, { defaultValue: packet.next_step })}{packet.queue?.name && <span className="packet-queue quiet">{t("packet.queue", { name: packet.queue.name })}</span>}</p>
      <CitedPart title={t("panel.goal")} cited={packet.goal} onCite={onCite} strong />
      <CitedPart title={t("panel.expectation")} cited={packet.expectation} onCite={onCite} />
      <Authority packet={packet} onCite={onCite} />
      <Promises packet={packet} onCite={onCite} />
      <Consents packet={packet} onCite={onCite} />
      <Facts packet={packet} onCite={onCite} />
      <Lookups packet={packet} onCite={onCite} />
      <Attempts packet={packet} onCite={onCite} />
      <Mood packet={packet} onCite={onCite} />
      {packet.open_questions.length > 0 && (
        <Part title={t("panel.open")}>
          <ul className="packet-open">{packet.open_questions.map((question, index) => <li key={index} dir="auto">{question}</li>)}</ul>
        </Part>
      )}
      <p className="packet-foot quiet">{t("panel.at", { time: sayTime(packet.at, minute, { locale: languageNow() }) })} · {t("panel.version", { n: packet.version })}{packet.transcript && <> · {t("packet.transcript")} <Refs seqs={[...new Set([packet.transcript.from_seq, packet.transcript.through_seq])]} onCite={onCite} /></>}</p>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return <section className="packet-part"><h3>{title}</h3>{children}</section>;
}

function Refs({ seqs, onCite }: { seqs: readonly number[]; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="refs">
      {seqs.map((seq) => (
        <button key={seq} type="button" className="ref numbers" onClick={() => onCite(seq)} aria-label={t("panel.cite", { seq })} title={t("panel.cite", { seq })}>
          <ArrowUpRight aria-hidden />{seq}
        </button>
      ))}
    </span>
  );
}

function CitedPart({ title, cited, onCite, strong = false }: { title: string; cited: Cited | null; onCite: Cite; strong?: boolean }): ReactNode {
  if (!cited) return null;
  return <Part title={title}><p className={strong ? "packet-strong" : ""}><span dir="auto">{cited.text}</span> <Refs seqs={cited.seqs} onCite={onCite} /></p></Part>;
}

function Facts({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (packet.facts.length === 0) return null;
  return (
    <Part title={t("panel.facts")}>
      <dl className="facts">
        {packet.facts.map((fact, index) => (
          <div key={`${fact.key}${index}`}>
            <dt>{t(`fact.${fact.key}`, { defaultValue: fact.label })}</dt>
            <dd><span className="numbers" dir="auto">{fact.value}</span> <Refs seqs={fact.seqs} onCite={onCite} /><span className="fact-by quiet">{t(`panel.said_by.${fact.said_by}`)}{fact.said_by !== "skill" && fact.verified_by && <> · {t("packet.verified")}</>}</span></dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Lookups({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (packet.lookups.length === 0) return null;
  return (
    <Part title={t("panel.lookups")}>
      <ul className="lookups">
        {packet.lookups.map((lookup) => (
          <li key={lookup.seq}>
            <div className="lookup-head"><b>{lookup.title}</b><span className={`outcome outcome-${lookup.outcome}`}>{t(`outcome.${lookup.outcome}`, { defaultValue: lookup.outcome })}</span><Refs seqs={[lookup.seq]} onCite={onCite} /></div>
            <p dir="auto">{lookup.summary}</p>
            <Arguments given={lookup.arguments} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Attempts({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (packet.attempts.length === 0) return null;
  return (
    <Part title={t("panel.attempts")}>
      <ul className="attempts">
        {packet.attempts.map((attempt, index) => (
          <li key={index}>
            <p><span dir="auto">{attempt.what}</span> <Refs seqs={attempt.seqs} onCite={onCite} /></p>
            <p className="attempt-by quiet">{t(`packet.by.${attempt.by}`)} · {t(`packet.outcome.${attempt.outcome}`)}<Sure packet={packet} attempt={attempt} /></p>
            {attempt.source && attempt.source.title !== attempt.what && <p className="quiet clip" title={attempt.source.title}>{attempt.source.title}</p>}
            {attempt.reaction && <p className="attempt-reaction" dir="auto"><span className="quiet">{t("panel.reaction")}</span> {attempt.reaction}</p>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** How sure the assistant was that this was what the customer meant. */
function Sure({ packet, attempt: { source } }: { packet: Packet; attempt: Packet["attempts"][number] }): ReactNode {
  const { t } = useTranslation();
  const sure = source && packet.intents.find(({ name }) => name === `${source.kind}:${source.id}`)?.confidence;
  return typeof sure === "number" && <> · <span className="numbers">{t("packet.sure", { percent: Math.round(sure * 100) })}</span></>;
}

/** What he agreed to, and what he doesn't want (any more). */
function Consents({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  const consent = packet.customer?.consent ?? [];
  if (consent.length === 0) return null;
  return (
    <Part title={t("packet.consent")}>
      <ul className="consents">
        {consent.map(({ to, of, given, seqs }) => (
          <li key={`${to}${of ?? ""}`} className={given ? "consent-given" : "consent-refused"}>
            {given ? <Check aria-hidden /> : <Ban aria-hidden />}
            <span>{t(`packet.to.${to}.${given}`, { what: t(`fact.${of ?? ""}`, { defaultValue: of ?? "" }) })} <Refs seqs={seqs} onCite={onCite} /></span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Mood({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  const { now, path, peak } = packet.emotion;
  const name = (emotion: string): string => t(`emotion.${emotion}`, { defaultValue: emotion });
  const steps = path.length > 0 ? path : [{ emotion: now, seq: 0 }];
  return (
    <Part title={t("panel.emotion")}>
      <p className="mood-path">
        {steps.map((step, index) => (
          <span key={index} className={`mood-step mood-${heatOf(step.emotion)}${step.seq === peak ? " mood-peak" : ""}`}>
            {index > 0 && <MoveRight className="mood-arrow" aria-hidden />}
            {name(step.emotion)}
            {step.seq > 0 && <Refs seqs={[step.seq]} onCite={onCite} />}
          </span>
        ))}
      </p>
      {packet.emotion.cause && <p className="mood-cause"><q dir="auto">{packet.emotion.cause.text}</q> <Refs seqs={packet.emotion.cause.seqs} onCite={onCite} /></p>}
    </Part>
  );
}

/** What somebody said would happen: the next one must keep it. */
function Promises({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (packet.promises.length === 0) return null;
  return (
    <Part title={t("packet.promises")}>
      <ul className="promises">
        {packet.promises.map((promise, index) => (
          <li key={index}><span dir="auto">{promise.text}</span> <Refs seqs={promise.seqs} onCite={onCite} /><span className="quiet"> {promise.by}{promise.due && <> · <b>{promise.due}</b></>}</span></li>
        ))}
      </ul>
    </Part>
  );
}

function Authority({ packet, onCite }: { packet: Packet; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (packet.authority.length === 0) return null;
  return (
    <Part title={t("packet.authority")}>
      <p className="packet-reason">{packet.authority.map(({ what, seqs }) => <span key={what} className="packet-why">{t(`packet.what.${what}`, { defaultValue: what })} <Refs seqs={seqs} onCite={onCite} /></span>)}</p>
    </Part>
  );
}
