/** When a change of a conversation should be heard, and how it sounds. */

import type { Conversation } from "@tandem/shared";

export type Alarm = "waiting" | "reply";

/** `waiting`: a customer is new in the queue. `reply`: new words for me. Everything else stays silent. */
export function alarmOf(after: Conversation, before: Conversation | undefined, me: string): Alarm | null {
  if (after.owner === "queue") return before?.owner === "queue" ? null : "waiting";
  const mine = after.owner === "agent" && after.agent?.id === me;
  if (!mine) return null;
  const given = before !== undefined && before.agent?.id !== me && before.owner === "agent";
  return given || (before !== undefined && after.unread > before.unread) ? "reply" : null;
}

const NOTES: Record<Alarm, readonly number[]> = { waiting: [659, 880], reply: [587] };
let context: AudioContext | null = null;

/** Browsers let a page make sound only after a gesture; until then `ring` is silent. */
export function prepareSound(): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
}

export function ring(alarm: Alarm): void {
  if (context?.state !== "running") return;
  const start = context.currentTime;
  for (const [index, frequency] of NOTES[alarm].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = start + index * 0.14;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.42);
  }
}
