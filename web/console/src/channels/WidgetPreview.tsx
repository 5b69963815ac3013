import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { textOn, type WidgetWords } from "./channel";

/** The head and the first words of the chat, in the colour that is being chosen. */
export function WidgetPreview({ colour, words }: { colour: string; words: WidgetWords }): ReactNode {
  const { t } = useTranslation();
  const paint = { background: colour, color: textOn(colour) };
  return (
    <figure className="widget-preview" aria-label={t("channels.preview")}>
      <div className="widget-preview-head" style={paint}>
        <b className="clip">{words.brand || t("channels.widget")}</b>
        <span className="clip">{words.assistant_name || t("voice.ai")}</span>
      </div>
      <div className="widget-preview-body">
        <p className="widget-preview-said"><span className="ai-label">AI</span>{words.greeting || "…"}</p>
        <ul>{words.suggestions.filter((line) => line.trim() !== "").map((line, index) => <li key={index} style={{ borderColor: colour }}>{line}</li>)}</ul>
        <p className="widget-preview-mine" style={paint}>{t("channels.sample")}</p>
      </div>
    </figure>
  );
}
