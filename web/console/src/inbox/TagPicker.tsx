import { useRef, useState, type ReactNode } from "react";
import { App, Input, type InputRef } from "antd";
import { Check, Plus } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Tag } from "@tandem/shared";
import { useFocusWhenShown } from "../look/useFocusWhenShown";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { COLOURS, tagsKey, useTags } from "./tags";

type Props = { chosen: ReadonlySet<string>; onToggle: (tag: string, on: boolean) => void };

/** Tags to put on and take off; a name that is not there yet can be made on the spot. */
export function TagPicker({ chosen, onToggle }: Props): ReactNode {
  const { t } = useTranslation();
  const { all } = useTags();
  const [q, setQ] = useState("");
  const field = useRef<InputRef>(null);
  useFocusWhenShown(field);
  const create = useCreate((tag) => onToggle(tag.id, true));
  const wanted = q.trim().toLowerCase();
  const found = all.filter((tag) => tag.name.toLowerCase().includes(wanted));
  const missing = wanted !== "" && !all.some((tag) => tag.name.toLowerCase() === wanted);
  const add = (): void => {
    create(q.trim(), all.length);
    setQ("");
  };
  const first = found[0];
  const enter = (): void => {
    if (missing) add();
    else if (first) onToggle(first.id, !chosen.has(first.id));
  };
  return (
    <div className="tag-picker">
      <Input ref={field} size="small" value={q} maxLength={40} placeholder={t("order.findTag")} aria-label={t("order.findTag")} onChange={(event) => setQ(event.target.value)} onPressEnter={enter} />
      <ul>
        {found.map((tag) => (
          <li key={tag.id}>
            <button type="button" role="checkbox" aria-checked={chosen.has(tag.id)} onClick={() => onToggle(tag.id, !chosen.has(tag.id))}>
              <TagChip tag={tag} />{chosen.has(tag.id) && <Check size={14} aria-hidden />}
            </button>
          </li>
        ))}
        {missing && <li><button type="button" onClick={add}><Plus size={14} aria-hidden /> {t("order.newTag", { name: q.trim() })}</button></li>}
        {found.length === 0 && !missing && <li className="quiet tag-none">{t("order.noTags")}</li>}
      </ul>
    </div>
  );
}

export function TagChip({ tag }: { tag: Tag }): ReactNode {
  return <span className={`tag tag-${tag.colour}`}><span className="clip" dir="auto">{tag.name}</span></span>;
}

function useCreate(then: (tag: Tag) => void): (name: string, count: number) => void {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return (name, count) => {
    // A new one gets the next colour in turn, so that neighbours differ.
    api.post<Tag>("/tags", { name, colour: COLOURS[(count + 1) % COLOURS.length] }).then(
      (tag) => {
        queries.setQueryData<Tag[]>(tagsKey, (known) => known && [...known, tag]);
        // They may be on their way, as they were before.
        void queries.invalidateQueries({ queryKey: tagsKey });
        then(tag);
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
}
