/** Calls an agent to the screen: a sound, a desktop notification while the page is hidden, a number in the title. */

import { createElement, useEffect, useSyncExternalStore } from "react";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { browserStorage, type Conversation } from "@tandem/shared";
import { useRows, type Mentioned } from "../live/DeskProvider";
import { nameOf } from "../look/contactName";
import { useMe } from "../session/session";
import { alarmOf, prepareSound, ring } from "./alerting";
import { useCounts } from "./counts";

const KEY = "tandem.muted";
const storage = browserStorage("localStorage");
const listeners = new Set<() => void>();
let muted = storage.get(KEY) === "yes";

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useMuted(): [boolean, () => void] {
  return [useSyncExternalStore(subscribe, () => muted), toggleMuted];
}

function toggleMuted(): void {
  muted = !muted;
  storage.set(KEY, muted ? "yes" : "no");
  listeners.forEach((run) => run());
  if (!muted) ring("reply");
}

export function useAlerts(): void {
  const rows = useRows();
  const me = useMe().user.id;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const waiting = useCounts()?.unassigned ?? 0;
  useMentions();

  useEffect(() => {
    addEventListener("pointerdown", prepareSound);
    addEventListener("keydown", prepareSound);
    // Signing in was a gesture already: who then only waits for customers hears them.
    if (navigator.userActivation?.hasBeenActive) prepareSound();
    return () => {
      removeEventListener("pointerdown", prepareSound);
      removeEventListener("keydown", prepareSound);
    };
  }, []);

  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${t("brand")}` : t("brand");
  }, [waiting, t]);

  useEffect(
    () =>
      rows.watch((after, before) => {
        const alarm = alarmOf(after, before, me);
        if (alarm === null) return;
        if (!muted) ring(alarm);
        if (!document.hidden) return;
        const title = alarm === "waiting" ? t("inbox.newWaiting") : t("inbox.newReply", { name: nameOf(after.contact) });
        notify(title, after, () => void navigate(`/inbox/${alarm === "waiting" ? "unassigned" : "mine"}/${after.id}`));
      }),
    [rows, me, t, navigate],
  );
}

/** Called by a colleague: heard like words to me, seen also while the page is in front. */
function useMentions(): void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const navigate = useNavigate();
  useEffect(() => {
    const hear = (event: Event): void => {
      const { conversation, by, whisper } = (event as CustomEvent<Mentioned>).detail;
      const title = t(whisper ? "supervise.whispered" : "writing.mentioned", { name: by });
      const open = (): void => {
        notification.destroy(conversation);
        void navigate(`/inbox/mentions/${conversation}`);
      };
      if (!muted) ring("reply");
      notification.info({ key: conversation, title, duration: 12, actions: createElement(Button, { size: "small", onClick: open }, t("order.open")) });
      if (document.hidden) show(title, "", conversation, open);
    };
    addEventListener("tandem:mentioned", hear);
    return () => removeEventListener("tandem:mentioned", hear);
  }, [t, notification, navigate]);
}

/** `tag`: one notification a conversation, however often it changes while nobody looks. */
function notify(title: string, row: Conversation, open: () => void): void {
  show(title, `${nameOf(row.contact)}: ${row.preview.text}`.slice(0, 160), row.id, open);
}

function show(title: string, body: string, tag: string, open: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    window.focus();
    open();
    notification.close();
  };
}
