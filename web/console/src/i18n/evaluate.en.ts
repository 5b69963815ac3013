import type { EvaluateWords } from "./evaluate.zh";

export const evaluateEn: EvaluateWords = {
  title: "Evaluate", sideBySide: "Two evaluations side by side", lead: "Judge the assistant on your own data. It runs in the background and doesn't slow customers down; results are kept for 180 days (the newest 200 at most), and any two can be compared.", what: "What to judge", failed: "The evaluations couldn't be loaded",
  kind: { intents: "Intents", answers: "Answers", handoff: "Handing over", loop: "Working together", dialogues: "Whole conversations" },
  about: {
    intents: "Learned from one file of labelled texts and judged on another: are intents told apart, and is it noticed when a text has none of them?",
    answers: "Is the right entry found for each question? How much is answered, and how much of that is wrong?",
    handoff: "Does a person take over when needed, and only then?",
    loop: "From nothing: the AI answers only what it's sure of, people answer the rest, and it learns. How much is automatic in the end?",
    dialogues: "Scripted conversations, played through: is looked up, said and confirmed what must be? Each several times.",
  },
  role: { train: "To learn from", test: "To judge on", queries: "Questions", entries: "Entries", dialogues: "Talks", stream: "Messages", conversations: "Scripts" },
  format: {
    train: "CSV with a header: text,label", test: "CSV with a header: text,label", queries: "A JSON object a line: id, text, lang, answer_id, kind, context", entries: "JSON array: id, lang, question, answer, category",
    dialogues: "A JSON object a line: turns, handoff, explicit, reason, emotion", stream: "CSV with a header: text,label", conversations: "YAML or JSON, one or several",
  },
  optional: "optional", chooseFile: "Choose a file", chooseFiles: "Choose files", files: "{{count}} files",
  onPublished: "Without entries the {{count}} published articles are judged; answer_id is then an article's id, as the export has it.",
  playedWith: "Played with the {{count}} published articles.", withTrial: "Orders are those of the business system for trials; no real order is touched.", withoutTrial: "There's no business system for trials (trial_shop_url): no orders are found, and no real one is touched.",
  choice: { oos_label: "Label of texts with no intent", max_wrong: "Wrong at most", seed: "Random seed", repeats: "Times each" }, asPromised: "not set",
  name: "Name this evaluation (optional)", start: "Start", stop: "Stop", waiting: "Waiting", running: "Running", stopped: "Stopped", notDone: "Not done",
  past: "Past evaluations", chooseTwo: "Tick two of a kind to compare them", compare: "Compare the two", choose: "Choose “{{name}}” to compare", drop: "Delete", dropTitle: "Delete “{{name}}”?", dropConfirm: "Its figures, its mistakes and the files uploaded for it go for good. If it's still running, it's stopped first.", empty: "No evaluation yet", emptyHint: "Choose files above and start the first one.",
  published: "{{count}} published articles", unreadable: "This file can't be read, so nothing was judged", line: "{{file}}, line {{line}}:",
  why: { too_long: "It took too long and was stopped. Try with smaller files.", broke: "It took too much memory or processor time and was stopped. Try with smaller files.", fault: "Something went wrong on our side; the log has the cause. Your files are untouched. Try again later." },
  figure: {
    accuracy: "Accuracy", macro_f1: "Macro F1", in_scope_accuracy: "Accuracy in scope", oos_recall: "Out of scope noticed", auroc: "In and out told apart (AUROC)", ece: "Confidence off by (ECE)", ms_p50: "Median time",
    hit_at_1: "Right entry first", hit_at_3: "Right among three", answer_rate: "Answered outright", wrong_of_answered: "Wrong of answered", abstain_recall: "Silent without an answer", clarify_rate: "Asked back", by_meaning: "Looked for by meaning",
    recall: "Handed over when needed", precision: "Needed when handed over", explicit_recall: "Plain wishes followed", critical_recall: "Critical cases caught", false_handoff_rate: "Handed over needlessly", offered_rate: "Person offered", reason_accuracy: "Right reason", emotion_macro_f1: "Emotion macro F1", dialogues: "Conversations",
    automated: "Answered automatically", wrong_of_automated: "Wrong of those", automated_last_fifth: "Automatic, last fifth", wrong_of_automated_last_fifth: "Wrong, last fifth", human_answers: "Answered by people",
    passed: "Runs passed", passed_every_time: "Passed every time", repeats: "Times each", model_asked: "Language model asked", model_failed: "Nothing usable from it",
  },
  mistakes: "Mistakes: {{count}}", noMistakes: "No mistakes.", where: { intents: "Line", answers: "Id", handoff: "Talk", loop: "Message", dialogues: "Conversation · step · run" }, said: "Customer said", expected: "Should be", found: "Was",
  nobody: "Nobody takes over", offered: "A person is offered", noAnswer: "No answer", notAnswered: "Not answered; nearest {{what}}", showMore: "Show more ({{count}} left)", notKept: "{{count}} more aren't listed",
  measure: "Measure", difference: "Change", verdict: { better: "better", worse: "worse", same: "same" }, onlyA: "Mistakes in A alone", onlyB: "Mistakes in B alone",
};
