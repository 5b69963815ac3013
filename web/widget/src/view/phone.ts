import type { Ref } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";

const PHONE = "(max-width: 480px)";

/** Whether the panel fills the screen. */
export function usePhone(): boolean {
  const [phone, setPhone] = useState(() => matchMedia(PHONE).matches);
  useEffect(() => {
    const query = matchMedia(PHONE);
    const change = (): void => setPhone(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return phone;
}

/** On the full screen Tab stays inside, and the page behind does not scroll away. */
export function useTrap(panel: Ref<HTMLElement>, phone: boolean): void {
  useEffect(() => {
    if (!phone) return;
    const root = document.documentElement;
    const overflow = root.style.overflow;
    root.style.overflow = "hidden";
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Tab" && panel.current) turnAround(event, panel.current);
    };
    const element = panel.current;
    element?.addEventListener("keydown", key);
    return () => {
      root.style.overflow = overflow;
      element?.removeEventListener("keydown", key);
    };
  }, [phone]);
}

/** The part of the screen that the keyboard leaves: without this iOS pushes the head out of sight. */
export function useVisibleHeight(panel: Ref<HTMLElement>, phone: boolean): void {
  useEffect(() => {
    const [element, visible] = [panel.current, window.visualViewport];
    if (!element || !visible || !phone) return;
    const fit = (): void => {
      element.style.height = `${visible.height}px`;
      element.style.top = `${visible.offsetTop}px`;
    };
    fit();
    visible.addEventListener("resize", fit);
    visible.addEventListener("scroll", fit);
    return () => {
      visible.removeEventListener("resize", fit);
      visible.removeEventListener("scroll", fit);
      element.style.height = element.style.top = "";
    };
  }, [phone]);
}

function turnAround(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>("button, a[href], textarea, input, [tabindex='0']")].filter(
    (stop) => !stop.matches(":disabled") && stop.offsetParent !== null,
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const at = (panel.getRootNode() as ShadowRoot).activeElement;
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (at !== from && at !== panel) return;
  event.preventDefault();
  to?.focus();
}
