import { h, type Child } from "../elements/jsx";
import { Icon } from "./icons";

type ToolProps = { label: string; path: string; onclick: (event: MouseEvent) => void; size?: number; class?: string; disabled?: boolean };

/** A button that is a sign alone: its words are told by the browser. */
export function Tool({ label, path, size = 20, ...more }: ToolProps): Child {
  return (
    <button class="tool" aria-label={label} title={label} {...more}>
      <Icon path={path} size={size} />
    </button>
  );
}
