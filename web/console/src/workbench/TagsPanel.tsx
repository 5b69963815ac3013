import { useState, type ReactNode } from "react";
import { App, Button, Input, Select } from "antd";
import { Plus, Tags, Trash2 } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Tag } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { COLOURS, tagsKey, useTags } from "../inbox/tags";
import { TagChip } from "../inbox/TagPicker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { useDrop } from "./PhrasesPanel";

export function TagsPanel(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { all } = useTags();
  const [name, setName] = useState("");
  const add = async (): Promise<void> => {
    try {
      await api.post<Tag>("/tags", { name: name.trim(), colour: COLOURS[(all.length + 1) % COLOURS.length] });
      setName("");
      await queries.invalidateQueries({ queryKey: tagsKey });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return (
    <>
      <form className="bench-top" onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <Input value={name} maxLength={40} placeholder={t("workbench.tagName")} aria-label={t("workbench.tagName")} onChange={(event) => setName(event.target.value)} />
        <Button type="primary" htmlType="submit" icon={<Plus size={16} />} disabled={name.trim() === ""}>{t("workbench.newTag")}</Button>
      </form>
      {all.length === 0 && <StatePage icon={<Tags />} title={t("workbench.noTagsYet")} hint={t("workbench.noTagsYetHint")} />}
      {all.length > 0 && <ul className="bench-list">{all.map((tag) => <TagRow key={`${tag.id}${tag.name}`} tag={tag} />)}</ul>}
    </>
  );
}

function TagRow({ tag }: { tag: Tag }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const changes = useMay("conversation:assign");
  const [name, setName] = useState(tag.name);
  const drop = useDrop(`/tags/${tag.id}`, tagsKey);
  const save = (part: Partial<Tag>): void => {
    api.put<Tag>(`/tags/${tag.id}`, { name: tag.name, colour: tag.colour, ...part }).then(
      () => void queries.invalidateQueries({ queryKey: tagsKey }),
      (error: unknown) => {
        setName(tag.name);
        message.error(sayProblem(error));
      },
    );
  };
  const rename = (): void => {
    if (name.trim() === "" || name.trim() === tag.name) setName(tag.name);
    else save({ name: name.trim() });
  };
  return (
    <li className="bench-row">
      <TagChip tag={tag} />
      {changes ? (
        <div className="bench-inline">
          <Input size="small" value={name} maxLength={40} aria-label={`${t("workbench.renameTag")} ${tag.name}`} onChange={(event) => setName(event.target.value)} onBlur={rename} onPressEnter={(event) => event.currentTarget.blur()} />
          <Select size="small" value={tag.colour} aria-label={`${t("workbench.colour")} ${tag.name}`} options={COLOURS.map((value) => ({ value, label: t(`workbench.colours.${value}`) }))} onChange={(colour) => save({ colour })} style={{ width: 96 }} />
        </div>
      ) : <span />}
      {changes && <span className="bench-actions"><button type="button" className="icon-button" onClick={drop} aria-label={`${t("workbench.drop")} ${tag.name}`}><Trash2 size={15} /></button></span>}
    </li>
  );
}
