import { lazy, Suspense, useState, type ReactNode } from "react";
import { Badge, Popover, Tooltip } from "antd";
import { SlidersHorizontal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCommands } from "../commands/commands";
import { filterIn, placeOf, trimmed } from "./filter";
import type { Place } from "./views";

const FilterForm = lazy(() => import("./FilterForm"));

/** Narrow the list; what is set can be kept as a view of its own. */
export function FilterButton({ place }: { place: Place }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const filter = filterIn(place) ?? {};
  const count = Object.keys(trimmed(filter)).length;
  useCommands([{ id: "filter", group: "list", label: t("order.filter"), shortcut: "f", run: () => setOpen(true) }]);
  const form = (
    <Suspense fallback={null}>
      <FilterForm filter={filter} onChange={(next) => void navigate(Object.keys(trimmed(next)).length === 0 ? "/inbox/all" : `/inbox/${placeOf(next)}`)} onClose={() => setOpen(false)} />
    </Suspense>
  );
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden title={t("order.filter")} content={form}>
      <Tooltip title={open ? "" : <>{t("order.filter")} <kbd>F</kbd></>}>
        <button type="button" className="icon-button" aria-label={t("order.filter")} aria-expanded={open} aria-haspopup="dialog">
          <Badge count={count} size="small" offset={[4, -3]} color="var(--brand)"><SlidersHorizontal size={17} color="var(--text-2)" /></Badge>
        </button>
      </Tooltip>
    </Popover>
  );
}
