import { useState, type ReactNode } from "react";
import { Button, Modal, Tag } from "antd";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Checked } from "@tandem/shared";
import { MessageText } from "../conversation/MessageText";
import type { ArticleDraft } from "./article";

type Resembling = Checked["resembling"][number];
type Props = { checked: Checked; draft: ArticleDraft; doing: string; onAccept: (phrasing: string) => void; onGo: () => void; onClose: () => void };

/** What speaks against it, side by side, and other ways to ask that a click accepts. */
export function BeforePublishing({ checked, draft, doing, onAccept, onGo, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const warned = checked.resembling.length > 0;
  const footer = [
    <Button key="close" onClick={onClose}>{t("knowledge.backToEditing")}</Button>,
    <Button key="go" type="primary" danger={warned} onClick={onGo}>{warned ? t("knowledge.anyway", { doing }) : doing}</Button>,
  ];
  return (
    <Modal open title={t("knowledge.beforePublishing")} footer={footer} width={860} onCancel={onClose}>
      <div className="before">
        {checked.resembling.map((it) => <Compared key={it.article} it={it} draft={draft} />)}
        {checked.phrasings.length > 0 && <Proposals phrasings={checked.phrasings} onAccept={onAccept} />}
      </div>
    </Modal>
  );
}

function Compared({ it, draft }: { it: Resembling; draft: ArticleDraft }): ReactNode {
  const { t } = useTranslation();
  const differing = it.differing.map(([mine, theirs]) => t("knowledge.differs", { mine: t([`knowledge.stance.${mine}`, "knowledge.asIs"], { text: mine }), theirs: t([`knowledge.stance.${theirs}`, "knowledge.asIs"], { text: theirs }) }));
  return (
    <section className="compared">
      <h3><Tag color={it.kind === "contradiction" ? "red" : "orange"}>{t(`knowledge.resembles.${it.kind}`)}</Tag> {differing.join("; ")}</h3>
      <div className="compared-sides">
        <Side label={t("knowledge.thisOne")} question={it.asked === draft.question ? draft.question : it.asked} answer={draft.answer} />
        <Side label={<a href={`/console/knowledge/${it.article}`} target="_blank" rel="noopener">{t("knowledge.thatOne")}</a>} question={it.question} answer={it.answer} />
      </div>
    </section>
  );
}

function Side({ label, question, answer }: { label: ReactNode; question: string; answer: string }): ReactNode {
  return (
    <div className="compared-side">
      <span className="field-label">{label}</span>
      <b dir="auto">{question}</b>
      <MessageText text={answer} />
    </div>
  );
}

function Proposals({ phrasings, onAccept }: { phrasings: readonly string[]; onAccept: (phrasing: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const accept = (phrasing: string): void => {
    setAccepted((now) => [...now, phrasing]);
    onAccept(phrasing);
  };
  return (
    <section>
      <h3>{t("knowledge.proposed")}</h3>
      <p className="quiet">{t("knowledge.proposedHint")}</p>
      <div className="proposals">
        {phrasings.map((phrasing) => (
          <Button key={phrasing} size="small" shape="round" icon={<Plus size={13} />} disabled={accepted.includes(phrasing)} onClick={() => accept(phrasing)}>{phrasing}</Button>
        ))}
      </div>
    </section>
  );
}
