import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { View } from "../view";
import { useHere } from "./here";
import { Icon } from "./icons";

const AFTER = 3_000;
const GREETED = "tandem:greeted";

/** Says hello once to each visitor, after he has had time to look around. */
export function Teaser({ view, onOpen }: { view: View; onOpen: () => void }): VNode | null {
  const { visitor, words } = useHere();
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
    <div class="teaser">
      <button type="button" class="teaser-text" onClick={onOpen}>
        <span class="voice" aria-hidden="true">
          {words.ai}
        </span>
        <span dir="auto">
          <b>{view.config.brand}</b>
          {view.config.greeting}
        </span>
      </button>
      <button type="button" class="tool" aria-label={words.dismiss} onClick={() => setShown(false)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
