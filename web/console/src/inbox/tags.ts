import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Tag } from "@tandem/shared";
import { api } from "../session/api";

export const tagsKey = ["tags"] as const;
export const COLOURS: readonly Tag["colour"][] = ["grey", "teal", "violet", "amber", "red", "green", "blue"];

export function useTags(): { all: readonly Tag[]; byId: ReadonlyMap<string, Tag> } {
  const all = useQuery({ queryKey: tagsKey, queryFn: () => api.get<Tag[]>("/tags"), staleTime: 300_000 }).data;
  return useMemo(() => ({ all: all ?? [], byId: new Map((all ?? []).map((tag) => [tag.id, tag])) }), [all]);
}
