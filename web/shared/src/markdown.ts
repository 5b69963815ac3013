/**
 * The small safe part of Markdown that messages use: bold, inline code, links, lists, line breaks. The answer is a tree
 * that clients render as elements, so that text can never become HTML. Time is linear in the text's length.
 */

export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "bold"; readonly content: readonly Inline[] }
  | { readonly type: "link"; readonly href: string; readonly text: string };

export type Block =
  | { readonly type: "paragraph"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly type: "list"; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,4})[.)])\s+(\S.*)$/;

export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: Inline[][] = [];
  let list: { start: number | null; items: Inline[][] } | null = null;
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ type: "paragraph", lines: paragraph });
    if (list) blocks.push({ type: "list", ...list });
    paragraph = [];
    list = null;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const item = ITEM.exec(line);
    if (item) {
      const start = item[1] === undefined ? null : Number(item[1]);
      if (!list || (list.start === null) !== (start === null)) {
        close();
        list = { start, items: [] };
      }
      list.items.push(parseInline(item[2] ?? ""));
    } else if (line.trim() === "") {
      close();
    } else {
      if (list) close();
      paragraph.push(parseInline(line));
    }
  }
  close();
  return blocks;
}

/** Whether an address may become a link: http(s), mail, or a path from the root of the same host. */
export function isSafeHref(href: string): boolean {
  // Browsers drop control characters and read "\" as "/", so "/\evil.example" would leave the host.
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(href)) return false;
  return /^(https?:\/\/[^/]|mailto:[^@]+@[^@]+$|\/(?!\/))/i.test(href);
}

// Bounded or self-excluding repetitions: no input makes them look at the same character more than a few hundred times.
const MARK =
  /`([^`]+)`|\*\*(?=\S)([^*]+)\*\*|\[([^[\]]{1,300})\]\(([^()\s]{1,2000})\)|\b(https?:\/\/[^\s<>"'`*\u3000-\u303f\uff00-\uffef]+)/gi;

function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let done = 0;
  for (const match of line.matchAll(MARK)) {
    const [whole, code, bold, label, href, bare] = match;
    const found = readMark(code, bold, label, href, bare);
    if (!found) continue;
    if (match.index > done) parts.push({ type: "text", text: line.slice(done, match.index) });
    parts.push(found);
    const used = found.type === "link" && bare !== undefined ? found.text.length : whole.length;
    done = match.index + used;
  }
  if (done < line.length) parts.push({ type: "text", text: line.slice(done) });
  return parts;
}

function readMark(code?: string, bold?: string, label?: string, href?: string, bare?: string): Inline | null {
  if (code !== undefined) return { type: "code", text: code };
  if (bold !== undefined) return { type: "bold", content: parseInline(bold) };
  if (label !== undefined && href !== undefined) return isSafeHref(href) ? { type: "link", href, text: label } : null;
  const address = (bare ?? "").replace(/[.,:;!?)\]}]+$/, "");
  return isSafeHref(address) ? { type: "link", href: address, text: address } : null;
}
