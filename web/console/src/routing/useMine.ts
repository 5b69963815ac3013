import { useQuery } from "@tanstack/react-query";
import type { Mine } from "@tandem/shared";
import { mineKey } from "../live/keys";
import { api } from "../session/api";

/** What I have in hand and am asked to take; the socket keeps it. */
export function useMine(): Mine | undefined {
  return useQuery({ queryKey: mineKey, queryFn: () => api.get<Mine>("/routing/mine") }).data;
}
