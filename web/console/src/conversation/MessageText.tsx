import type { ReactNode } from "react";
import { parseMarkdown, type Inline } from "@tandem/shared";

/** The safe part of Markdown as elements: text of strangers never becomes HTML. */
export function MessageText({ text }: { text: string }): ReactNode {
  return (
    <div className="message-text" dir="auto">
      {parseMarkdown(text).map((block, index) => {
        if (block.type === "paragraph") {
          return <p key={index}>{block.lines.map((line, at) => <span key={at}>{at > 0 && <br />}<Line content={line} /></span>)}</p>;
        }
        const items = block.items.map((item, at) => <li key={at}><Line content={item} /></li>);
        return block.start === null ? <ul key={index}>{items}</ul> : <ol key={index} start={block.start}>{items}</ol>;
      })}
    </div>
  );
}

function Line({ content }: { content: readonly Inline[] }): ReactNode {
  return content.map((part, index) => {
    switch (part.type) {
      case "text":
        return part.text;
      case "code":
        return <code key={index}>{part.text}</code>;
      case "bold":
        return <strong key={index}><Line content={part.content} /></strong>;
      case "link":
        return <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a>;
    }
  });
}
