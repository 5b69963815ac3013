import { describe, expect, it } from "vitest";
import { isSafeHref, parseMarkdown, type Block, type Inline } from "../src";

/** Of Node, in microseconds: what runs beside it on the machine does not count. */
declare const process: { cpuUsage(since?: Usage): Usage };
type Usage = { user: number; system: number };

const text = (content: string): Inline => ({ type: "text", text: content });
const inline = (source: string): readonly Inline[] => {
  const [block] = parseMarkdown(source);
  return block?.type === "paragraph" ? (block.lines[0] ?? []) : [];
};

describe("messages in Markdown", () => {
  it("have bold, code and links", () => {
    expect(inline("您的 **订单** 在 `TD2201`，见 [退货说明](/help/returns)")).toEqual([
      text("您的 "),
      { type: "bold", content: [text("订单")] },
      text(" 在 "),
      { type: "code", text: "TD2201" },
      text("，见 "),
      { type: "link", href: "/help/returns", text: "退货说明" },
    ]);
  });

  it("keep line breaks, paragraphs and both kinds of list", () => {
    const blocks = parseMarkdown("one\ntwo\n\n- a\n- b\n3. c\n4. d");
    expect(blocks).toEqual<Block[]>([
      { type: "paragraph", lines: [[text("one")], [text("two")]] },
      { type: "list", start: null, items: [[text("a")], [text("b")]] },
      { type: "list", start: 3, items: [[text("c")], [text("d")]] },
    ]);
  });

  it("link a bare address without the punctuation after it", () => {
    expect(inline("请看 https://shop.example/a?b=1。谢谢")).toEqual([
      text("请看 "),
      { type: "link", href: "https://shop.example/a?b=1", text: "https://shop.example/a?b=1" },
      text("。谢谢"),
    ]);
    expect(inline("see https://shop.example.")[2]).toEqual(text("."));
  });

  it("leave arithmetic and lone marks as they were typed", () => {
    for (const source of ["2 * 3 ** 4", "**", "`", "[a]", "[](b)", "** bold **", "1.5 kg", "-5 °C"])
      expect(inline(source)).toEqual([text(source)]);
  });
});

describe("hostile input", () => {
  it("becomes text: no tag, no script, no entity is anything else", () => {
    const source = `<img src=x onerror=alert(1)><script>alert(1)</script>&lt;b&gt;`;
    expect(parseMarkdown(source)).toEqual([{ type: "paragraph", lines: [[text(source)]] }]);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\u0001javascript:alert(1)",
    "java\nscript:alert(1)",
    "https:evil.example",
    "https://",
    "mailto:",
    "relative/path",
    "#here",
    "",
  ])("never links to %j", (href) => {
    expect(isSafeHref(href)).toBe(false);
    expect(JSON.stringify(parseMarkdown(`[click](${href})`))).not.toContain('"type":"link"');
  });

  it.each(["https://a.example/", "HTTP://a.example", "mailto:a@b.example", "/orders/1?x=y#z"])("links to %j", (href) => {
    expect(isSafeHref(href)).toBe(true);
  });

  it.each(["[", "**", "`", "[a](", "**a*", "https://", "[a](x[", "1. ", "- ", "!(", "\n", "[a", "**a"])(
    "of 200,000 characters of %j is read in well under a second of one core",
    (piece) => {
      const source = piece.repeat(Math.ceil(200_000 / piece.length));
      const before = process.cpuUsage();
      parseMarkdown(source);
      expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
    },
  );
});
