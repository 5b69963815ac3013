import type { workbenchZh, writingZh } from "./writing.zh";

export const writingEn: typeof writingZh = {
  phrases: "Phrases", colleagues: "Colleagues", macros: "Macros", runMacro: "Run macro: {{name}}", ran: "“{{name}}” done", missing: "Not known in this conversation: {{names}}. None of the steps was done.",
  hint: "/ phrases · {{chord}} for a new line", noteHint: "@ colleagues · / phrases", enter: "Enter", shiftEnter: "Shift Enter", sendKey: "Key that sends", enterSends: "Enter sends, Shift Enter for a new line", chordSends: "{{chord}} sends, Enter for a new line", wait: "You can send as soon as the file is up", gap: "Fill in what stands in 【】 first", mentioned: "{{name}} mentioned you in a note", teach: "{{label}}: press {{keys}} next time",
  variable: { customer: "customer's name", agent: "my name", channel: "channel", order: "order number", product: "product", tracking: "tracking number", carrier: "carrier", eta: "expected date", city: "city" },
  step: { say: "reply", remark: "note", mark: "tag", set_aside: "snooze", give: "transfer", finish: "resolve" },
};

export const workbenchEn: typeof workbenchZh = {
  lead: "Phrases, macros and tags: what you often say and do, in one step.", failed: "Couldn't be loaded",
  newPhrase: "New phrase", editPhrase: "Edit phrase", shortcut: "Shortcut", shortcutHint: "Type / and this word to find it; no spaces", title: "Title (optional)", text: "Text", textHint: "Variables: {{names}}. What has no value stays as 【】 for you to fill.", lang: "Language", anyLang: "Any", mine: "Only for me", shared: "For everybody", used: "Used {{count}} times",
  noPhrases: "No phrases yet", noPhrasesHint: "Write down the sentence you repeat every day; then type / to use it.", taken: "This shortcut is taken", drop: "Delete", dropConfirm: "This can't be undone.", find: "Search phrases",
  newMacro: "New macro", editMacro: "Edit macro", macroName: "Name", steps: "Steps", addStep: "Add a step", dropStep: "Remove this step", stepLast: "Snooze, transfer and resolve can only come last", noMacros: "No macros yet", noMacrosHint: "Put steps you always do together into one: reply, tag, snooze until tomorrow.", hours: "hours", toQueue: "Back to Unassigned", macroTaken: "This name is taken",
  newTag: "New tag", renameTag: "Rename", tagName: "Tag name", noTagsYet: "No tags yet", noTagsYetHint: "Press T in a conversation, or make one here.", colour: "Colour", colours: { grey: "Grey", teal: "Teal", violet: "Violet", amber: "Amber", red: "Red", green: "Green", blue: "Blue" },
};
