import { h, type Child } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";
import type { View } from "../view";
import { visitor } from "./here";
import { CLOSE } from "./paths";
import { Tool } from "./tool";
import { words } from "../words/words";

const AFTER = 3_000;
const GREETED = "tandem:greeted";

/** Says hello once to each visitor, after he has had time to look around. */
export function Teaser({ view, onOpen }: { view: View; onOpen: () => void }): Child {
  const [shown, setShown] = useState(false);
  const due = visitor.get(GREETED) === null && view.state.conversation === null;
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => {
      visitor.set(GREETED, "yes");
      setShown(true);
    }, AFTER);
    return () => clearTimeout(timer);
  }, []);
  if (!shown || !view.config) return null;
  return (
    <div class="teaser row">
      <button class="grow row" onclick={onOpen}>
        <span class="voice" aria-hidden="true">
          {words.ai}
        </span>
        <span class="lines" dir="auto">
          <b>{view.config.brand}</b>
          {view.config.greeting}
        </span>
      </button>
      <Tool label={words.dismiss} path={CLOSE} size={16} onclick={() => setShown(false)} />
    </div>
  );
}
