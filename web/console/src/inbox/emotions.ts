/** A mood is shown only when it should change what one does next. */
const UNEASY = new Set(["anxious", "disappointed", "sad"]);

export type Heat = "heated" | "uneasy" | "calm";

export function heatOf(emotion: string | null): Heat {
  if (emotion === "angry") return "heated";
  return emotion !== null && UNEASY.has(emotion) ? "uneasy" : "calm";
}
