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
  [660, 880].forEach((frequency, index) => {
    const [tone, volume, start] = [audio.createOscillator(), audio.createGain(), audio.currentTime + index * 0.12];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.3);
    tone.onended = () => void (index === 1 && audio.close());
  });
}
