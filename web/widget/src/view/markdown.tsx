import { h, type Child } from "../elements/jsx";
import { parseMarkdown, type Block, type Inline } from "@tandem/shared";

/** Text as elements; what is not known to be safe stays text. */
export function Markdown({ text }: { text: string }): Child {
  return (
    <div class="text" dir="auto">
      {parseMarkdown(text).map(renderBlock)}
    </div>
  );
}

function renderBlock(block: Block): Child {
  if (block.type === "paragraph")
    return <p>{block.lines.map((line, index) => [index > 0 && <br />, line.map(renderInline)])}</p>;
  const items = block.items.map((item) => <li dir="auto">{item.map(renderInline)}</li>);
  return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function renderInline(part: Inline): Child {
  if (part.type === "text") return part.text;
  if (part.type === "code") return <code>{part.text}</code>;
  if (part.type === "bold") return <strong>{part.content.map(renderInline)}</strong>;
  return <Link href={part.href}>{part.text}</Link>;
}

/** In a tab of its own, which learns nothing of this one. */
export const AWAY = { target: "_blank", rel: "noreferrer" };

/** A page of the shop opens in place, where the chat goes on; all else in a tab of its own. */
export function Link({ href, children, ...more }: { href: string; children: Child; class?: string }): Child {
  const away = new URL(href, location.href).origin !== location.origin;
  return (
    <a href={href} {...more} {...(away && AWAY)}>
      {children}
    </a>
  );
}
