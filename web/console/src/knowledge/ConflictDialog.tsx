import type { ReactNode } from "react";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Article } from "@tandem/shared";
import { draftOf, tidy, type ArticleDraft } from "./article";
import { Changes } from "./Changes";
import { changesBetween } from "./changes";

type Props = { theirs: Article; mine: ArticleDraft; onTheirs: () => void; onMine: () => void };

/** Somebody saved first: both are shown, and nothing is lost before the editor has chosen. */
export function ConflictDialog({ theirs, mine, onTheirs, onMine }: Props): ReactNode {
  const { t } = useTranslation();
  const footer = [
    <Button key="theirs" onClick={onTheirs}>{t("knowledge.loadTheirs")}</Button>,
    <Button key="mine" type="primary" onClick={onMine}>{t("knowledge.keepMine")}</Button>,
  ];
  return (
    <Modal open title={`${t("knowledge.conflict")} · ${theirs.updated_by}`} closable={false} keyboard={false} mask={{ closable: false }} footer={footer} width={640}>
      <p className="changes-lead">{t("knowledge.conflictDetail")}</p>
      <Changes changes={changesBetween(draftOf(theirs), tidy(mine), theirs.lang)} />
    </Modal>
  );
}
