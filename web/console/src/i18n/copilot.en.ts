import type { copilotZh } from "./copilot.zh";

export const copilotEn: typeof copilotZh = {
  suggestion: "Suggested reply", take: "Use", dismiss: "Dismiss", fromKnowledge: "From knowledge: {{title}}", fromCase: "From a case a colleague solved: {{title}}", byModel: "Worded by the model", reword: "Reword",
  tone: "Tone", tones: { plain: "As usual", calming: "Result first, keep it calm", apologetic: "Own it, then the way out", warm: "Gentle, take your time", step_by_step: "Step by step" },
  since: "Since you last looked", similar: "Similar solved cases", noSimilar: "No similar solved cases yet", open: "Open the case", solvedBy: "{{name}} · {{time}}",
  kind: { said: "Customer", answered: "Answered", looked_up: "Looked up", promised: "Promised", noted: "Note", corrected: "Corrected", moved: "Moved" },
  move: { handed_off: "to a person", accepted: "accepted", transferred: "transferred", handed_back: "back to the AI", resolved: "resolved", reopened: "reopened" }, failed: "Suggestions couldn't be loaded just now",
  use: { title: "Copilot suggestions", lead: "{{count}} were offered. What agents made of them:", accepted: "Used as they were", edited: "Used after changes", dismissed: "Dismissed", passed: "Passed over", distance: "Changed by (median)", characters: "{{count}} characters" },
  nothing: "Neither knowledge nor a solved case has an answer that wasn't given yet.", whenYours: "You can use it once the conversation is yours.", forAgents: "You may look on but not reply, so there is nothing to suggest.", insert: "Insert", ask: "Ask knowledge", askHint: "Who pays for a return?", notFound: "Knowledge has no answer that holds for this customer.",
};
