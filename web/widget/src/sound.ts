/** A sound at news, for the visitor who asked for one: it is off until then. */

import type { Storage } from "@tandem/shared";

const SOUND = "tandem:sound";

export function wantsSound(visitor: Storage): boolean {
  return visitor.get(SOUND) === "on";
}

export function setWantsSound(visitor: Storage, on: boolean): void {
  visitor.set(SOUND, on ? "on" : "off");
}

/** Two soft notes; silent where the browser has not heard a gesture yet. */
export function chime(): void {
  const audio = new AudioContext();
  const [tone, volume, now] = [audio.createOscillator(), audio.createGain(), audio.currentTime];
  tone.frequency.setValueAtTime(660, now);
  tone.frequency.setValueAtTime(880, now + 0.12);
  volume.gain.setValueAtTime(0.08, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.4);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  setTimeout(() => void audio.close(), 400);
}
