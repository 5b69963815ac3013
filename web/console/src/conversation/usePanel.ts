import { useEffect, useState, useSyncExternalStore } from "react";
import { useNavigate, useParams } from "react-router";
import { browserStorage } from "@tandem/shared";

const KEY = "tandem.panel";
const storage = browserStorage("localStorage");
const phone = matchMedia("(max-width: 719px)");
const wide = matchMedia("(min-width: 1200px)");

function subscribeTo(query: MediaQueryList): (listener: () => void) => () => void {
  return (listener) => {
    query.addEventListener("change", listener);
    return () => query.removeEventListener("change", listener);
  };
}
const subscribePhone = subscribeTo(phone);
const subscribeWide = subscribeTo(wide);

/** On wide screens beside the conversation and remembered; on narrower ones over it; on a phone a screen of its own. */
export function usePanel(view: string, conversation: string): { open: boolean; toggle: () => void; close: () => void } {
  const navigate = useNavigate();
  const { details } = useParams();
  const isPhone = useSyncExternalStore(subscribePhone, () => phone.matches);
  const isWide = useSyncExternalStore(subscribeWide, () => wide.matches);
  const [kept, setKept] = useState(() => storage.get(KEY) !== "folded");
  const [over, setOver] = useState(false);
  useEffect(() => setOver(false), [isWide]);

  const onScreen = details === "details";
  const open = isPhone ? onScreen : isWide ? kept : over;
  const set = (next: boolean): void => {
    if (isPhone) return void navigate(`/inbox/${view}/${conversation}${next ? "/details" : ""}`);
    if (!isWide) return setOver(next);
    setKept(next);
    storage.set(KEY, next ? "open" : "folded");
  };
  return { open, toggle: () => set(!open), close: () => set(false) };
}
