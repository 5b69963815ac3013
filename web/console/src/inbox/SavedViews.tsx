import type { ReactNode } from "react";
import { App } from "antd";
import { Filter as FilterIcon, Users, X } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SavedView } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { placeOf } from "./filter";
import type { Place } from "./views";

export const viewsKey = ["views"] as const;

function useSavedViews(): readonly SavedView[] {
  return useQuery({ queryKey: viewsKey, queryFn: () => api.get<SavedView[]>("/views"), staleTime: 300_000 }).data ?? [];
}

export function SavedViews({ place }: { place: Place }): ReactNode {
  const { t } = useTranslation();
  const drop = useDrop();
  return useSavedViews().map((view) => {
    const here = placeOf(view.filter) === place;
    return (
      <span key={view.id} className="saved-view">
        <Link to={`/inbox/${placeOf(view.filter)}`} className={`view${here ? " view-here" : ""}`} aria-current={here ? "page" : undefined}>
          {view.shared ? <Users /> : <FilterIcon />}
          <span className="clip" dir="auto">{view.name}</span>
        </Link>
        {view.mine && <button type="button" className="icon-button saved-view-drop" onClick={() => drop(view)} aria-label={t("order.dropView", { name: view.name })}><X size={13} /></button>}
      </span>
    );
  });
}

function useDrop(): (view: SavedView) => void {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return (view) => {
    api.delete(`/views/${view.id}`).then(
      () => {
        queries.setQueryData<SavedView[]>(viewsKey, (known) => known?.filter(({ id }) => id !== view.id));
        void queries.invalidateQueries({ queryKey: viewsKey });
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
}
