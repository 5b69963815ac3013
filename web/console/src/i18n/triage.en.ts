import type { TriageWords } from "./triage.zh";

export const triageEn: TriageWords = {
  title: "Triage rules", lead: "When a colleague takes over. Safety, distress, fraud, professional advice, complaints and a plain wish for a person always bring one; that can't be turned off.",
  reason: "Situation", way: "What happens", need: "Sensitivity", words: "Your own words",
  ways: { hand_over: "Hand over", offer: "Offer a person", ignore: "Leave it" }, always: "Always handed over",
  needs: { early: "Sooner", normal: "Normal", late: "Later" },
  wordsHint: "Type words and press Enter. Put - in front of words that speak against it.", wordsHintKept: "Type words and press Enter. Whoever says them gets a person.", wordsPlaceholder: "Add words",
  tryIt: "Try it on the last {{count}} conversations", trying: "Reading the last conversations again: {{done}} of {{count}}", stop: "Stop", tried: "Read {{conversations}} conversations and {{turns}} turns again; {{changed}} turns would differ.", triedNone: "Read {{conversations}} conversations and {{turns}} turns again. Nothing would differ.",
  before: "Now", after: "Then", nothing: "The AI goes on", offered: "A person is offered", handed: "Handed over: {{reason}}",
  save: "Save the rules", saved: "The rules are in force", note: "What changed (optional)", reset: "Discard changes", conflict: "Someone else changed the rules meanwhile. Your changes are kept here; reload before saving.",
  history: "History", historyEmpty: "Nothing has changed yet. The rules are those it came with.", version: "Version {{version}}", restore: "Go back to this version", restored: "Done, the older rules are in force", original: "The rules it came with", restoreOriginal: "Go back to the rules it came with",
  failed: "The triage rules couldn't be loaded", more: "Only the first {{count}} are shown",
};
