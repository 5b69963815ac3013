import type { Ref } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";

const PHONE = "(max-width: 480px)";

/** Whether the panel fills the screen; then the page behind does not scroll, and the keyboard leaves the head in sight. */
export function usePhone(panel: Ref<HTMLElement>): boolean {
  const [query] = useState(() => matchMedia(PHONE));
  const [phone, setPhone] = useState(query.matches);
  useEffect(() => {
    query.onchange = () => setPhone(query.matches);
    return () => (query.onchange = null);
  }, []);
  useEffect(() => (phone && panel.current ? fill(panel.current) : undefined), [phone]);
  return phone;
}

/** The answer undoes it. */
function fill(panel: HTMLElement): () => void {
  const page = document.documentElement.style;
  // Covered by the panel, and out of reach of Tab and of screen readers until it is seen again.
  const covered = [...document.body.children].filter((part): part is HTMLElement => part instanceof HTMLElement && !part.inert && part !== (panel.getRootNode() as ShadowRoot).host);
  const cover = (inert: boolean): void => covered.forEach((part) => (part.inert = inert));
  const { overflow } = page;
  const leaving = new AbortController();
  const visible = window.visualViewport;
  // The part of the screen that the keyboard leaves: without this iOS pushes the head out of sight.
  const fit = (): void => {
    if (visible) Object.assign(panel.style, { height: `${visible.height}px`, top: `${visible.offsetTop}px` });
  };
  cover(true);
  page.overflow = "hidden";
  fit();
  for (const event of ["resize", "scroll"]) visible?.addEventListener(event, fit, leaving);
  return () => {
    leaving.abort();
    cover(false);
    page.overflow = overflow;
    Object.assign(panel.style, { height: "", top: "" });
  };
}
