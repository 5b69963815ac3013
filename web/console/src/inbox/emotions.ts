/** A mood is shown only when it should change what one does next. */
const HEATED = new Set(["angry", "furious"]);
const UNEASY = new Set(["frustrated", "upset", "disappointed", "impatient", "anxious", "worried", "sad", "sarcastic", "urgent"]);

export type Heat = "heated" | "uneasy" | "calm";

export function heatOf(emotion: string | null): Heat {
  if (emotion === null) return "calm";
  if (HEATED.has(emotion)) return "heated";
  return UNEASY.has(emotion) ? "uneasy" : "calm";
}
