import { useEffect, useState, type ReactNode } from "react";
import { App, Button, Input } from "antd";
import { Ear, Headset, LogOut, UserRoundCheck } from "lucide-react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Conversation, Voices } from "@tandem/shared";
import { useRows } from "../live/DeskProvider";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe } from "../session/session";
import "./board.css";

const voicesKey = (conversation: string): readonly string[] => ["voices", conversation];

/** Whether one speaks beside the colleague who has the conversation. */
export function useSecondVoice(row: Conversation, supervises: boolean): boolean {
  const me = useMe().user.id;
  const others = row.owner === "agent" && row.agent?.id !== me;
  const voices = useQuery({ queryKey: [...voicesKey(row.id), row.version], enabled: supervises && others, queryFn: () => api.get<Voices>(`/conversations/${row.id}/voices`), placeholderData: keepPreviousData });
  return others && (voices.data?.users.includes(me) ?? false);
}

/** In a conversation that a colleague has: looking on is told to the audit, and from here one may whisper, join or take over. */
export function SupervisorBar({ row, speaks }: { row: Conversation; speaks: boolean }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rows = useRows();
  const queries = useQueryClient();
  const me = useMe().user.id;
  const [text, setText] = useState("");
  const name = row.agent?.name ?? t("voice.person");
  useWatched(row.id);
  const sayWhy = (error: unknown): void => void message.error(sayProblem(error));
  const refresh = (): void => void queries.invalidateQueries({ queryKey: voicesKey(row.id) });
  const join = useMutation({ mutationFn: () => api.post(`/conversations/${row.id}/voices`), onSuccess: refresh, onError: sayWhy });
  const leave = useMutation({ mutationFn: () => api.delete(`/conversations/${row.id}/voices`), onSuccess: refresh, onError: sayWhy });
  const take = useMutation({
    mutationFn: () => api.post<Conversation>(`/conversations/${row.id}/transfer`, { version: row.version, to: me }),
    onSuccess: (next) => {
      rows.hear(next);
      void message.success(t("supervise.taken"));
    },
    onError: sayWhy,
  });
  const whisper = useMutation({
    mutationFn: (said: string) => api.post(`/conversations/${row.id}/whisper`, { client_id: crypto.randomUUID(), text: said }),
    onSuccess: (_, said) => {
      // The next one may be half typed by now.
      setText((now) => (now.trim() === said ? "" : now));
      void message.success(t("supervise.sent", { name }));
    },
    onError: sayWhy,
  });
  const send = (): void => {
    if (text.trim() !== "" && !whisper.isPending) whisper.mutate(text.trim());
  };
  return (
    <div className="supervisor-bar" role="region" aria-label={t("supervise.bar")}>
      <span className="supervisor-state"><Ear size={14} aria-hidden /> {t(speaks ? "supervise.joined" : "supervise.bar")}</span>
      <Input value={text} size="small" maxLength={2000} dir="auto" placeholder={t("supervise.whisperTo", { name })} aria-label={t("supervise.whisper")} onChange={(event) => setText(event.target.value)} onPressEnter={(event) => !event.nativeEvent.isComposing && send()} />
      <Button size="small" disabled={text.trim() === ""} loading={whisper.isPending} onClick={send}>{t("supervise.whisper")}</Button>
      {speaks
        ? <Button size="small" icon={<LogOut size={13} />} loading={leave.isPending} onClick={() => leave.mutate()}>{t("supervise.leave")}</Button>
        : <Button size="small" icon={<Headset size={13} />} loading={join.isPending} onClick={() => join.mutate()}>{t("supervise.join")}</Button>}
      <Button size="small" icon={<UserRoundCheck size={13} />} loading={take.isPending} onClick={() => take.mutate()}>{t("supervise.takeOver")}</Button>
    </div>
  );
}

function useWatched(conversation: string): void {
  useEffect(() => {
    api.post(`/conversations/${conversation}/watch`).catch(() => {
      // The next look is recorded; nothing on this screen depends on it.
    });
  }, [conversation]);
}
