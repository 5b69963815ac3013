import type { PromiseWords } from "./promise.zh";

export const promiseEn: PromiseWords = {
  title: "The promise", lead: "At most this share of the AI's automatic answers may be wrong. It decides how sure the AI must be to answer outright; when it isn't, it asks the customer what they mean, or a colleague takes over.",
  number: "At most wrong", save: "Update the promise", saved: "The promise is updated", percent: "%", range: "0.1–20",
  kept: "What was kept", keptNone: "No automatic answer of the last 90 days has been checked by a person. Check the answers below to know whether the promise holds.",
  keptSome: "{{judged}} automatic answers checked, {{wrong}} of them wrong ({{share}}). With 90% confidence the true share is between {{low}} and {{high}}.",
  state: { kept: "Kept", broken: "Not kept", open: "Not enough evidence yet" },
  thresholds: "When it answers outright", thresholdsLead: "It answers outright from this line on. The line is widened only by evidence, and raised at once when too many answers turn out wrong.",
  category: "Category", others: "All other categories", judged: "Checked", wrong: "Wrong", line: "Sure from", proof: "Rests on",
  proven: "Proven", unproven: "Takes at least {{needed}} checked answers to prove", never: "No automatic answers for now", unhelpful: "{{count}} answers didn't help customers, so the AI asks first. Check them to change that.",
  history: "History", historyEmpty: "Nothing has changed yet. The defaults are in force.", restore: "Go back to this version", restored: "Back at version {{version}}", version: "Version {{version}}",
  cause: { set: "{{name}} updated the promise", evidence: "Adjusted by itself after new checks", restored: "{{name}} went back to an older version" },
  review: "Waiting to be checked", reviewLead: "Automatic answers, picked at random. Did it answer what the customer asked?", reviewKeys: "→ or J for right, ← or F for wrong, space to skip.", reviewDone: "All checked, thank you. New automatic answers will appear here.",
  right: "Right", wrongButton: "Wrong", skip: "Skip", asked: "Customer asked", answered: "AI answered", source: "From", sure: "{{sure}} sure", left: "{{count}} left", open: "Open conversation", helped: "Customer: it helped", notHelped: "Customer: it didn't help",
  failed: "The promise couldn't be loaded", judgedRight: "{{name}} found this right", judgedWrong: "{{name}} found this wrong", judge: "Was this answer right?", needNumber: "Enter a number from 0.1 to 20",
};
