import type { personZh } from "./person.zh";

export const personEn: typeof personZh = {
  history: "All conversations", here: "This one", merge: "Merge customers", mergeLead: "Find another record that's really the same person and merge it into this one. Conversations and identities move over; you can undo it.", find: "Search a name or identity", nobody: "Nobody found", into: "Merge in", conversations: "{{count}} conversations", merged: "Merged", merges: "Merged records", unmerge: "Take apart", unmerged: "Taken apart", visitor: "Visitor",
  join: "Same case", joined: "Joined as one case", part: "Take apart", parted: "Taken apart",
  fields: "Customer fields", fieldsLead: "Add fields of your own to customers; agents fill them in under Customer.", key: "Key (for programs)", zh: "Chinese name", en: "English name", kind: "Kind", kinds: { text: "Text", number: "Number", date: "Date", choice: "Choice" }, choices: "Choices, separated by commas", add: "Add field", none: "No fields of your own yet", noneHint: "Such as usual size or company. Once added, agents can fill them in.",
  meanwhile: "A colleague has just changed this to", emptied: "A colleague has just emptied this.", takeTheirs: "Use theirs", keepMine: "Keep mine",
};
