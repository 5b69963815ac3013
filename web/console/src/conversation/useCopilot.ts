import { useEffect, useRef } from "react";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { browserStorage, type Conversation, type Copilot, type SuggestedReply } from "@tandem/shared";
import { api } from "../session/api";
import { useMay, useMe } from "../session/session";

const storage = browserStorage("localStorage");

function copilotKey(row: Conversation): readonly unknown[] {
  return ["copilot", row.id, row.last_seq];
}

/** What the copilot offers at this point of the conversation. One question to the server however many parts show it. */
export function useCopilot(row: Conversation): UseQueryResult<Copilot> {
  const seen = useSeenBefore(row);
  const allowed = useMay("conversation:reply");
  return useQuery({
    queryKey: copilotKey(row),
    queryFn: () => api.post<Copilot>(`/conversations/${row.id}/copilot`, { seen }),
    enabled: allowed && row.last_seq > 0,
    staleTime: 60_000,
    placeholderData: (before, query) => (query?.queryKey[1] === row.id ? before : undefined),
  });
}

/** How far this person had seen the conversation when he opened it now. */
function useSeenBefore(row: Conversation): number {
  const key = `tandem.seen.${useMe().user.id}.${row.id}`;
  const before = useRef<{ key: string; seq: number } | null>(null);
  if (before.current?.key !== key) before.current = { key, seq: Number(storage.get(key) ?? 0) };
  useEffect(() => storage.set(key, String(row.last_seq)), [key, row.last_seq]);
  return before.current.seq;
}

export function useDismiss(row: Conversation): (suggestion: SuggestedReply) => void {
  const queries = useQueryClient();
  return (suggestion) => {
    queries.setQueryData<Copilot>(copilotKey(row), (known) => known && { ...known, suggestion: null });
    api.post(`/suggestions/${suggestion.id}/dismiss`).catch(() => {
      // Gone from the screen all the same; the count misses one.
    });
  };
}

/** In the language model's words. */
export function useReword(row: Conversation): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const worded = await api.post<Copilot>(`/conversations/${row.id}/copilot`, { worded: true });
    queries.setQueryData<Copilot>(copilotKey(row), (known) => (known ? { ...known, suggestion: worded.suggestion } : worded));
  };
}
