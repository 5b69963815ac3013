import type { Channel } from "@tandem/shared";
import { useState, type ReactNode } from "react";
import { App, Button, ColorPicker, Input, Segmented, Switch } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { languageNow } from "../i18n/i18n";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { CHANNEL_LANGUAGES, configOf, isColour, MOST_SUGGESTIONS, settingsOf, type ChannelLanguage, type WidgetSettings, type WidgetWords } from "./channel";
import { channelsKey } from "./keys";
import { WidgetPreview } from "./WidgetPreview";

export function WidgetPanel({ channel }: { channel: Channel }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [settings, setSettings] = useState(() => settingsOf(channel));
  const [lang, setLang] = useState<ChannelLanguage>(languageNow() === "en" ? "en" : "zh");
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(settings) !== JSON.stringify(settingsOf(channel));
  const words = settings.words[lang];
  const change = (part: Partial<WidgetSettings>): void => setSettings((now) => ({ ...now, ...part }));
  const changeWords = (part: Partial<WidgetWords>): void => change({ words: { ...settings.words, [lang]: { ...words, ...part } } });

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const saved = await api.patch<Channel>(`/channels/${channel.id}`, { name: settings.name.trim(), active: settings.active, config: configOf(settings) });
      queries.setQueryData<Channel[]>(channelsKey, (known) => known?.map((other) => (other.id === saved.id ? saved : other)));
      // What was typed meanwhile stays, to be saved next.
      setSettings((now) => (now === settings ? settingsOf(saved) : now));
      message.success(t("common.saved"));
    } catch (error) {
      message.error(sayProblem(error));
    }
    setBusy(false);
  };

  return (
    <section className="panel">
      <div className="channel-head">
        <h2>{t("channels.settings")}</h2>
        <label className="channel-active"><Switch size="small" checked={settings.active} onChange={(active) => change({ active })} /> {t(settings.active ? "channels.active" : "channels.inactive")}</label>
      </div>
      <div className="channel-split">
        <form className="channel-fields" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <div className="channel-pair">
            <label className="channel-field">{t("channels.name")}<Input value={settings.name} maxLength={80} onChange={(event) => change({ name: event.target.value })} /></label>
            <label className="channel-field">{t("channels.colour")}<Colour value={settings.colour} onChange={(colour) => change({ colour })} /></label>
          </div>
          <Segmented<ChannelLanguage> value={lang} aria-label={t("channels.previewLang")} options={CHANNEL_LANGUAGES.map((value) => ({ value, label: t(`language.${value === "zh" ? "zh-CN" : "en"}`) }))} onChange={setLang} />
          <div className="channel-pair">
            <label className="channel-field">{t("channels.brand")}<Input value={words.brand} maxLength={60} onChange={(event) => changeWords({ brand: event.target.value })} /></label>
            <label className="channel-field">{t("channels.assistantName")}<Input value={words.assistant_name} maxLength={60} onChange={(event) => changeWords({ assistant_name: event.target.value })} /></label>
          </div>
          <label className="channel-field">{t("channels.greeting")}<Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} value={words.greeting} onChange={(event) => changeWords({ greeting: event.target.value })} /></label>
          <label className="channel-field">
            {t("channels.suggestions")}
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} value={words.suggestions.join("\n")} onChange={(event) => changeWords({ suggestions: event.target.value.split("\n").slice(0, MOST_SUGGESTIONS) })} />
            <span className="quiet">{t("channels.suggestionsHint")}</span>
          </label>
          <label className="channel-field">
            {t("channels.origins")}
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} spellCheck={false} placeholder="https://shop.example" value={settings.origins.join("\n")} onChange={(event) => change({ origins: event.target.value === "" ? [] : event.target.value.split("\n") })} />
            <span className="quiet">{t("channels.originsHint")}</span>
          </label>
          <div><Button type="primary" htmlType="submit" loading={busy} disabled={!dirty || !isColour(settings.colour) || settings.name.trim() === ""}>{t("common.save")}</Button></div>
        </form>
        <WidgetPreview colour={settings.colour} words={words} />
      </div>
    </section>
  );
}

function Colour({ value, onChange }: { value: string; onChange: (colour: string) => void }): ReactNode {
  const { t } = useTranslation();
  const good = isColour(value);
  return (
    <>
      <span className="channel-colour">
        <ColorPicker disabledAlpha value={good ? value : "#000000"} onChangeComplete={(colour) => onChange(colour.toHexString().slice(0, 7))} />
        <Input value={value} status={good ? "" : "error"} maxLength={7} spellCheck={false} className="numbers" onChange={(event) => onChange(event.target.value)} />
      </span>
      {!good && <span className="channel-problem" role="alert">{t("channels.badColour")}</span>}
    </>
  );
}
